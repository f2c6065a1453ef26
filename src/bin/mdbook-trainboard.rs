//! `trainboard mdbook` under the name by which mdBook looks for it.

use std::process::ExitCode;

fn main() -> ExitCode {
    trainboard::cli::run_preprocessor(std::env::args_os())
}
