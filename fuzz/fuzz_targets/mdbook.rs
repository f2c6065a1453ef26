#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trainboard_fuzz::run("mdbook", bytes));
