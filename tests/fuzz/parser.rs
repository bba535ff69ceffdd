//! One parser of the table before libFuzzer; `MINWON_PARSER` names it.

#![no_main]

use std::sync::LazyLock;

use foreign::Parser;
use libfuzzer_sys::fuzz_target;

static PARSER: LazyLock<&Parser> = LazyLock::new(|| {
    let name = std::env::var("MINWON_PARSER").expect("MINWON_PARSER names no parser");
    foreign::parser(&name).unwrap_or_else(|| panic!("there is no parser named {name}"))
});

fuzz_target!(|bytes: &[u8]| {
    (PARSER.read)(bytes);
});
