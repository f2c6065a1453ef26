trainboard render board -o docs/board.html
trainboard render values --format rst -o docs/values.txt
sphinx-build docs site
