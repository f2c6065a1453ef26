export default {
  title: 'Wasmtime',
  url: 'https://trains.example',
  baseUrl: '/',
  markdown: { format: 'detect' },
  stylesheets: ['/trainboard.css'],
  presets: [
    [
      'classic',
      {
        docs: { routeBasePath: '/' },
        blog: false,
        theme: { customCss: './ground.css' },
      },
    ],
  ],
}
