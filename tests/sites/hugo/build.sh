trainboard render board --theme-selector '[data-theme=dark]' -o docs/board.html
trainboard render values --format json -o docs/data/versions.json
hugo --source docs --destination ../site
