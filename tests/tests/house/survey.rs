//! What stands in the checkout: manifests and files that are under version control's roof.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const FOLDERS: [&str; 6] = [
    "kiosk",
    "callcenter",
    "shared",
    "hardware",
    "images",
    "tests",
];

pub(crate) struct Manifest {
    pub(crate) name: String,
    /// Crates of this house it leans on, in any kind of dependency but for tests.
    pub(crate) inside: BTreeSet<String>,
    /// Everybody else's crates.
    pub(crate) outside: BTreeSet<String>,
    pub(crate) lints: bool,
    pub(crate) member: bool,
    /// Where its sources stand, from the root.
    pub(crate) sources: String,
    /// Whether tests in its library are built at all.
    pub(crate) tested: bool,
    /// Files of programs in which they are not.
    pub(crate) untested_programs: Vec<String>,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

pub(crate) fn manifests() -> Vec<Manifest> {
    let workspace = read_toml(&root().join("Cargo.toml"));
    let members: BTreeSet<&str> = workspace["workspace"]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member.as_str().unwrap())
        .collect();
    let paths: Vec<PathBuf> = files()
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml") && *path != root().join("Cargo.toml"))
        .collect();
    let names: BTreeSet<String> = paths.iter().map(|path| name(&read_toml(path))).collect();
    paths
        .iter()
        .map(|path| {
            let manifest = read_toml(path);
            let folder = relative(path.parent().unwrap());
            let (inside, outside) = dependencies(&manifest)
                .into_iter()
                .partition(|package| names.contains(package));
            Manifest {
                name: name(&manifest),
                inside,
                outside,
                lints: manifest.get("lints").is_some_and(|lints| {
                    lints.get("workspace").and_then(toml::Value::as_bool) == Some(true)
                }),
                member: members.contains(folder.as_str()),
                sources: format!("{folder}/src/"),
                untested_programs: untested_programs(&manifest, &folder),
                tested: manifest.get("lib").and_then(|it| it.get("test")?.as_bool()) != Some(false),
            }
        })
        .collect()
}

/// Rust, Slint, Typst and SQL files: path from the root, and text.
pub(crate) fn source_files() -> Vec<(String, String)> {
    let source = |path: &str| {
        [".rs", ".slint", ".typ", ".sql", ".sh", ".py"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    text_files()
        .into_iter()
        .filter(|(path, _)| source(path))
        .collect()
}

pub(crate) fn text_files() -> Vec<(String, String)> {
    files()
        .into_iter()
        .filter_map(|path| Some((relative(&path), fs::read_to_string(&path).ok()?)))
        .collect()
}

fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_file() {
            found.push(path);
        } else if FOLDERS.contains(&name.as_str()) || name == ".ci" {
            collect(&path, &mut found);
        }
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.push(path);
        } else if !["target", "__pycache__"]
            .iter()
            .any(|name| path.ends_with(name))
        {
            collect(&path, found);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

fn read_toml(path: &Path) -> toml::Table {
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn name(manifest: &toml::Table) -> String {
    manifest
        .get("package")
        .and_then(|package| package.get("name"))
        .map_or(String::new(), |name| name.as_str().unwrap().to_owned())
}

fn untested_programs(manifest: &toml::Table, folder: &str) -> Vec<String> {
    let programs = manifest.get("bin").and_then(toml::Value::as_array);
    let untested = |it: &&toml::Value| it.get("test").and_then(toml::Value::as_bool) == Some(false);
    programs
        .into_iter()
        .flatten()
        .filter(untested)
        .map(|it| format!("{folder}/{}", it["path"].as_str().unwrap()))
        .collect()
}

fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys().cloned())
        .collect()
}
