project = "Wasmtime"
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["board.css"]
