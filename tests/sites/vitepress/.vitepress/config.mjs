export default {
  title: 'Wasmtime',
  description: 'Releases of Wasmtime',
}
