//! The catalogue in the words of CPSV-AP, before a judge nobody here wrote: pySHACL.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use catalog::Catalog;
use catalog_tool::{Export, export};
use oxrdf::{NamedNodeRef, Term, Triple};
use oxttl::{NTriplesSerializer, TurtleParser};
use request::Timestamp;

use crate::folder::SHIPPED;

const SHAPES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cpsv-ap.shapes.ttl");
const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../.venv/bin/python");
const BASE: &str = "https://hanbit.example/catalogue/";
/// 2026-11-24, 09:30 in Korea.
const TUESDAY: Timestamp = Timestamp::from_millis(1_795_480_200_000);
const AUTHORITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/m8g/hasCompetentAuthority");

fn exported() -> Vec<u8> {
    let mut turtle = Vec::new();
    let wanted = Export {
        at: TUESDAY,
        base: BASE,
    };
    export(Path::new(SHIPPED), &wanted, &mut turtle).unwrap();
    turtle
}

fn triples(turtle: &[u8]) -> Vec<Triple> {
    TurtleParser::new()
        .for_slice(turtle)
        .collect::<Result<_, _>>()
        .unwrap()
}

/// What the judge says of both graphs: whether each conforms, and why not.
fn judged(graphs: &[&[Triple]]) -> Vec<(bool, String)> {
    let folder = std::env::temp_dir().join(format!("minwon-cpsv-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let files: Vec<PathBuf> = (0..graphs.len())
        .map(|it| folder.join(format!("{it}.nt")))
        .collect();
    for (file, graph) in files.iter().zip(graphs) {
        let mut writer = NTriplesSerializer::new().for_writer(Vec::new());
        graph
            .iter()
            .for_each(|it| writer.serialize_triple(it).unwrap());
        fs::File::create(file)
            .unwrap()
            .write_all(&writer.finish())
            .unwrap();
    }
    let shapes = std::env::var("MINWON_CPSV_SHAPES").unwrap_or_else(|_| SHAPES.to_owned());
    let script = "import sys, pyshacl\n\
        for file in sys.argv[2:]:\n    \
            conforms, _, text = pyshacl.validate(file, data_graph_format='nt', shacl_graph=sys.argv[1])\n    \
            print(conforms, text.replace('\\n', ' '))";
    let output = Command::new(PYTHON)
        .args(["-c", script, &shapes])
        .args(&files)
        .output()
        .unwrap();
    let _ = fs::remove_dir_all(&folder);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text
        .lines()
        .map(|it| (it.starts_with("True"), it.to_owned()))
        .collect();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(lines.len(), graphs.len(), "{complaint}");
    lines
}

#[test]
fn it_conforms_and_without_an_agency_it_does_not() {
    let whole = triples(&exported());
    let land: Vec<Triple> = whole
        .iter()
        .filter(|it| {
            let service = it.subject.to_string().contains("service/land-ledger");
            !(service && it.predicate == AUTHORITY)
        })
        .cloned()
        .collect();
    let nowhere: Vec<Triple> = whole
        .iter()
        .filter(|it| {
            !it.subject
                .to_string()
                .contains("organisation/land-registry")
        })
        .cloned()
        .collect();
    assert_eq!(land.len() + 1, whole.len());

    let verdicts = judged(&[&whole, &land, &nowhere]);

    assert!(verdicts[0].0, "{}", verdicts[0].1);
    assert!(!verdicts[1].0 && verdicts[1].1.contains("hasCompetentAuthority"));
    assert!(!verdicts[2].0 && verdicts[2].1.contains("PublicOrganisation"));
}

#[test]
fn every_service_network_and_fee_is_in_it() {
    let triples = triples(&exported());
    let catalog = Catalog::read(Path::new(SHIPPED)).unwrap();
    let mut of_class: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for it in &triples {
        if let (true, Term::NamedNode(class)) =
            (it.predicate.as_str().ends_with("#type"), &it.object)
        {
            let class = class.as_str().rsplit(['/', '#']).next().unwrap().to_owned();
            of_class
                .entry(class)
                .or_default()
                .insert(it.subject.to_string());
        }
    }
    let count = |class: &str| of_class.get(class).map_or(0, BTreeSet::len);
    let (services, accepted) = (catalog.services().count(), catalog.accepted().count());

    assert_eq!(count("PublicService"), services + accepted);
    assert_eq!(
        count("PublicOrganisation"),
        catalog.networks().count() + accepted
    );
    assert_eq!(count("Channel"), services + accepted);
    assert_eq!(count("Output"), services + accepted);
    assert_eq!(count("TemporalEntity"), services);
    assert!(count("Cost") > services && count("LegalResource") > 10);
    assert_eq!((count("Evidence"), count("Requirement")), (1, 1));
}

#[test]
fn identifiers_begin_where_their_owner_says() {
    let mut out = Vec::new();
    for base in [
        "hanbit",
        "https://hanbit.example",
        "https://han bit.example/",
    ] {
        let wanted = Export { at: TUESDAY, base };
        assert!(
            export(Path::new(SHIPPED), &wanted, &mut out).is_err(),
            "{base}"
        );
    }
    let text = String::from_utf8(exported()).unwrap();
    assert!(text.contains("<https://hanbit.example/catalogue/service/land-ledger>"));
}
