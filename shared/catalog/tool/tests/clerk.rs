//! The tool as clerks use it: what is wrong, what is new, what is told to other
//! registers.

#![allow(clippy::unwrap_used)]

#[path = "clerk/broken.rs"]
mod broken;
#[path = "clerk/export.rs"]
mod export;
#[path = "clerk/folder.rs"]
mod folder;
#[path = "clerk/new.rs"]
mod new;
#[path = "clerk/program.rs"]
mod program;
#[path = "clerk/slips.rs"]
mod slips;
#[path = "clerk/travel.rs"]
mod travel;

use std::path::Path;

use catalog_tool::{Check, check};

#[test]
fn the_catalogue_that_ships_is_clean_down_to_the_last_paper() {
    let report = check(Path::new(folder::SHIPPED), &Check::All).unwrap();

    let found: Vec<_> = report
        .findings()
        .map(|it| format!("{}:{}: {}", it.file.display(), it.line, it.words.en))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
