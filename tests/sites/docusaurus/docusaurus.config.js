export default {
  title: 'Wasmtime',
  url: 'https://trains.example',
  baseUrl: '/',
  markdown: { format: 'detect' },
  presets: [
    [
      'classic',
      {
        docs: { routeBasePath: '/' },
        blog: false,
        theme: { customCss: ['./trainboard.css', './ground.css'] },
      },
    ],
  ],
}
