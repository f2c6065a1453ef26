project = "Wasmtime"
html_theme = "furo"
