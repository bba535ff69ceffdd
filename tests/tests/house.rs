//! The house: allowed edges, purity, sizes, names and words, as a test.

#![allow(clippy::unwrap_used)]

#[path = "house/disclosures.rs"]
mod disclosures;
#[path = "house/lints.rs"]
mod lints;
#[path = "house/machines.rs"]
mod machines;
#[path = "house/names.rs"]
mod names;
#[path = "house/plan.rs"]
mod plan;
#[path = "house/purity.rs"]
mod purity;
#[path = "house/survey.rs"]
mod survey;

use disclosures::DISCLOSURES;
use lints::{GENERATED, SPEAK_C};
use machines::MACHINES;
use names::BANNED_NAMES;
use plan::EDGES;
use purity::{IMPURE, PURE, WALLED};
use survey::{Manifest, manifests, root, source_files, text_files};

const LINES_MAX: usize = 400;

fn complaints(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_crate_stands_on_the_plan_and_leans_only_where_the_plan_allows() {
    let mut found = Vec::new();
    for Manifest { name, inside, .. } in manifests() {
        let Some((_, allowed)) = EDGES
            .iter()
            .chain(MACHINES)
            .find(|(known, _)| *known == name)
        else {
            found.push(format!("{name} is not on the plan"));
            continue;
        };
        let strangers = inside
            .iter()
            .filter(|edge| !allowed.contains(&edge.as_str()));
        found.extend(strangers.map(|edge| format!("{name} must not lean on {edge}")));
    }
    complaints(found);
}

#[test]
fn the_ground_floor_has_no_clock_disk_network_or_screen() {
    let mut found = Vec::new();
    for Manifest { name, outside, .. } in manifests() {
        if PURE.contains(&name.as_str()) {
            let impure = outside
                .iter()
                .filter(|package| IMPURE.contains(&package.as_str()));
            found.extend(impure.map(|package| format!("{name} is pure and has {package}")));
        }
    }
    complaints(found);
}

#[test]
fn heavy_things_are_walled_in() {
    let mut found = Vec::new();
    for Manifest { name, outside, .. } in manifests() {
        for (package, owners) in WALLED {
            if outside.iter().any(|it| it == package) && !owners.contains(&name.as_str()) {
                found.push(format!("{package} belongs to {owners:?}, not to {name}"));
            }
        }
    }
    complaints(found);
}

#[test]
fn every_crate_is_a_member_and_inherits_the_lints() {
    let mut found = Vec::new();
    for Manifest {
        name,
        lints,
        member,
        ..
    } in manifests()
    {
        let own_lints = [GENERATED, SPEAK_C].concat().contains(&name.as_str());
        if !lints && !own_lints {
            found.push(format!("{name} does not inherit the lints"));
        }
        if !member {
            found.push(format!("{name} is not listed in the workspace"));
        }
    }
    complaints(found);
}

/// A library without tests says so: else it is linked once more, as a program
/// that runs none. And whoever says so, library or program, must not have any, for
/// they would not run.
#[test]
fn who_says_that_it_has_no_tests_has_none() {
    let mut found = Vec::new();
    let sources = source_files();
    // In pieces, so that this file does not accuse itself.
    let signs = [["cfg(", "test)"], ["#[", "test]"], ["//", "/ ```"]].map(|it| it.concat());
    for manifest in manifests() {
        let within = |path: &str| path.starts_with(&manifest.sources) && path.ends_with(".rs");
        let own = sources.iter().filter(|(path, _)| within(path));
        let has_library = own.clone().any(|(path, _)| path.ends_with("/src/lib.rs"));
        let mut tests = own.filter(|(_, text)| signs.iter().any(|sign| text.contains(sign)));
        // Beside a library a program is one file, else it is all there is.
        let programs = &manifest.untested_programs;
        let unrun = tests
            .clone()
            .filter(|(path, _)| programs.contains(path) || !has_library && !programs.is_empty());
        found.extend(unrun.map(|(path, _)| format!("the tests of {path} never run")));
        if !has_library {
            continue;
        }
        match (manifest.tested, tests.next()) {
            (false, Some((path, _))) => found.push(format!("the tests of {path} never run")),
            (true, None) => found.push(format!(
                "{} has no tests and does not say so",
                manifest.name
            )),
            (true, Some(_)) | (false, None) => {}
        }
    }
    complaints(found);
}

/// Examples in comments would each be linked as a program, so that there are none:
/// what stands between fences is a picture in text.
#[test]
fn an_example_in_a_comment_would_never_run() {
    let mut found = Vec::new();
    for (path, text) in source_files() {
        let comments = text.lines().map(str::trim_start);
        let fences = comments.filter_map(|line| {
            let words = line.strip_prefix("///").or(line.strip_prefix("//!"))?;
            words.trim_start().strip_prefix("```")
        });
        let mut examples = fences.step_by(2).filter(|kind| *kind != "text");
        if examples.next().is_some() {
            found.push(format!("{path} has an example that nothing runs"));
        }
    }
    complaints(found);
}

#[test]
fn a_source_file_is_about_one_thing_that_its_first_line_names() {
    let mut found = Vec::new();
    for (path, text) in source_files() {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            found.push(format!("{path} has {lines} lines"));
        }
        if path.ends_with(".rs") && !text.starts_with("//! ") {
            found.push(format!("{path} does not say what it is about"));
        }
        let stem = path.rsplit('/').next().unwrap().split('.').next().unwrap();
        if BANNED_NAMES
            .iter()
            .any(|name| stem.split('_').any(|part| part == *name))
        {
            found.push(format!("{path} has no name"));
        }
    }
    complaints(found);
}

#[test]
fn only_these_files_say_what_is_personal() {
    let is_test = |path: &str| path.contains("/tests") || path.ends_with("tests.rs");
    // In pieces, so that this file does not accuse itself.
    let word = [".rev", "eal()"].concat();
    let disclosing: Vec<String> = source_files()
        .into_iter()
        .filter(|(path, text)| !is_test(path) && text.contains(&word))
        .map(|(path, _)| path)
        .collect();
    let strangers = disclosing
        .iter()
        .filter(|path| !DISCLOSURES.contains(&path.as_str()));
    let idle = DISCLOSURES
        .iter()
        .filter(|path| !disclosing.iter().any(|it| it == *path));
    let mut found: Vec<String> = strangers
        .map(|path| format!("{path} discloses what is personal"))
        .collect();
    found.extend(idle.map(|path| format!("{path} no longer discloses anything")));
    complaints(found);
}

#[test]
fn no_file_names_this_machine_or_a_registry() {
    // In pieces, so that this file does not accuse itself.
    let banned = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["crates", ".io"],
        ["pypi", ".org"],
        ["deb.deb", "ian.org"],
    ];
    let mut found = Vec::new();
    for (path, text) in text_files() {
        for word in banned.map(|pieces| pieces.concat()) {
            if ![".git", "Cargo.lock", "LICENSE"].contains(&path.as_str()) && text.contains(&word) {
                found.push(format!("{path} says {word}"));
            }
        }
    }
    complaints(found);
}

#[test]
fn every_service_folder_is_complete() {
    let mut found = Vec::new();
    let services = root().join("shared/catalog/services");
    let mut seen = 0;
    for folder in std::fs::read_dir(services).unwrap() {
        let folder = folder.unwrap().path();
        seen += 1;
        let service = std::fs::read_to_string(folder.join("service.toml")).unwrap_or_default();
        // What is accepted only ends in no paper.
        let of_paper = ["certificate.typ", "record.schema.json", "sample.json"];
        let of_paper = of_paper
            .iter()
            .filter(|_| !service.contains("kind = \"accepted\""));
        for name in of_paper.chain(&["service.toml"]) {
            if !folder.join(name).is_file() {
                found.push(format!("{} lacks {name}", folder.display()));
            }
        }
    }
    assert!(seen >= 3, "services were not found");
    complaints(found);
}
