//! The command line of trainboard.

use std::process::ExitCode;

fn main() -> ExitCode {
    trainboard::cli::run(std::env::args_os())
}
