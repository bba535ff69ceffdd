//! The bill of materials of an image: every Debian package that mkosi laid into it and every
//! crate that its programs were built from, as CycloneDX 1.6 (ECMA-424).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum NoSbom {
    #[error("the list is not what it should be")]
    Malformed(#[from] serde_json::Error),
    #[error("cargo does not know the program {0}")]
    Unknown(String),
}

/// What mkosi lists (`ManifestFormat=json`).
#[derive(Deserialize)]
struct Manifest {
    config: Config,
    packages: Vec<Deb>,
}

#[derive(Deserialize)]
struct Config {
    name: String,
    version: String,
    release: String,
}

#[derive(Deserialize)]
struct Deb {
    name: String,
    version: String,
    architecture: String,
}

/// What `cargo metadata --format-version 1` says, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Crate>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Crate {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom {
    bom_format: &'static str,
    spec_version: &'static str,
    version: u32,
    metadata: Head,
    components: Vec<Component>,
}

#[derive(Serialize)]
struct Head {
    component: Component,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
struct Component {
    r#type: &'static str,
    name: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<License>,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct License {
    /// SPDX, as the crate's makers say.
    expression: String,
}

/// Puts it together of mkosi's manifest and cargo's metadata; of the crates those that the
/// programs need to run. The same lists give the same text.
///
/// # Errors
/// When a list cannot be read, or a program is none of the workspace's.
pub fn sbom(manifest: &str, metadata: &str, programs: &[&str]) -> Result<String, NoSbom> {
    let manifest: Manifest = serde_json::from_str(manifest)?;
    let metadata: Metadata = serde_json::from_str(metadata)?;
    let mut components: Vec<Component> = manifest
        .packages
        .iter()
        .map(|it| deb(it, &manifest.config.release))
        .collect();
    components.extend(crates(&metadata, programs)?);
    components.sort();
    components.dedup();
    let image = Component {
        r#type: "firmware",
        name: manifest.config.name,
        version: manifest.config.version,
        purl: None,
        licenses: vec![License {
            expression: "GPL-3.0-or-later".to_owned(),
        }],
    };
    let bom = Bom {
        bom_format: "CycloneDX",
        spec_version: "1.6",
        version: 1,
        metadata: Head { component: image },
        components,
    };
    Ok(serde_json::to_string_pretty(&bom)? + "\n")
}

fn deb(it: &Deb, release: &str) -> Component {
    let escaped = it.version.replace('%', "%25").replace(':', "%3A");
    let escaped = escaped.replace('+', "%2B");
    let (name, architecture) = (&it.name, &it.architecture);
    Component {
        r#type: "library",
        name: name.clone(),
        version: it.version.clone(),
        purl: Some(format!(
            "pkg:deb/debian/{}@{escaped}?arch={architecture}&distro={release}",
            name.replace('+', "%2B")
        )),
        licenses: Vec::new(),
    }
}

fn crates(metadata: &Metadata, programs: &[&str]) -> Result<Vec<Component>, NoSbom> {
    let known: BTreeMap<&str, &Crate> = (metadata.packages.iter())
        .map(|it| (it.id.as_str(), it))
        .collect();
    let nodes: BTreeMap<&str, &Node> = (metadata.resolve.nodes.iter())
        .map(|it| (it.id.as_str(), it))
        .collect();
    let mut open = Vec::new();
    for program in programs {
        let own = |it: &&Crate| it.source.is_none() && it.name == *program;
        let found = metadata.packages.iter().find(own);
        let found = found.ok_or_else(|| NoSbom::Unknown((*program).to_owned()))?;
        open.push(found.id.as_str());
    }
    let mut seen: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        let deps = nodes.get(id).into_iter().flat_map(|it| &it.deps);
        for dep in deps.filter(|it| it.dep_kinds.iter().any(|it| it.kind.is_none())) {
            if seen.insert(&dep.pkg) {
                open.push(&dep.pkg);
            }
        }
    }
    let all = seen.into_iter().filter_map(|id| known.get(id).copied());
    Ok(all.map(of_crate).collect())
}

fn of_crate(it: &Crate) -> Component {
    // Old crates write `MIT/Apache-2.0`, which SPDX has as OR.
    let license = it.license.as_ref().map(|it| it.replace('/', " OR "));
    Component {
        r#type: "library",
        name: it.name.clone(),
        version: it.version.clone(),
        purl: (it.source.is_some()).then(|| {
            let version = it.version.replace('+', "%2B");
            format!("pkg:cargo/{}@{version}", it.name)
        }),
        licenses: license
            .map(|expression| License { expression })
            .into_iter()
            .collect(),
    }
}
