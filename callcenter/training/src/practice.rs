//! The scenarios of the repository and its catalogue, for the tests of this crate.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use catalog::Catalog;
use privacy::Personal;

use crate::{
    Caller, Citizen, Exercise, Goal, PreparedRequest, Scenario, VisitExercise, VisitScenario,
    Wanted, invention,
};

const OF_VISITS: &str = "visit-";

pub(crate) fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    Catalog::read(&folder).unwrap()
}

/// Of calls: names without ending, and texts.
pub(crate) fn files() -> Vec<(String, String)> {
    let mut files = all_files();
    files.retain(|(name, _)| !name.starts_with(OF_VISITS));
    files
}

/// Of visits.
pub(crate) fn visit_files() -> Vec<(String, String)> {
    let mut files = all_files();
    files.retain(|(name, _)| name.starts_with(OF_VISITS));
    files
}

fn all_files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

pub(crate) fn text(id: &str) -> String {
    let found = all_files().into_iter().find(|(name, _)| name == id);
    found.unwrap().1
}

pub(crate) fn scenario(id: &str) -> Scenario {
    Scenario::parse(id, &text(id), &catalog()).unwrap()
}

pub(crate) fn all() -> Vec<Scenario> {
    let files = files();
    files.iter().map(|(id, _)| scenario(id)).collect()
}

/// A call that rings.
pub(crate) fn rings(id: &str, seed: u64) -> (Scenario, Exercise, Instant) {
    let scenario = scenario(id);
    let caller = Caller::draw(&scenario, &catalog(), seed);
    let now = Instant::now();
    let exercise = Exercise::new(caller, scenario.patience, now);
    (scenario, exercise, now)
}

pub(crate) fn visit_scenario(id: &str) -> VisitScenario {
    VisitScenario::parse(id, &text(id), &catalog()).unwrap()
}

pub(crate) fn all_visits() -> Vec<VisitScenario> {
    let files = visit_files();
    files.iter().map(|(id, _)| visit_scenario(id)).collect()
}

/// A citizen who waits at a kiosk.
pub(crate) fn waits(id: &str, seed: u64) -> (VisitScenario, VisitExercise, Instant) {
    let scenario = visit_scenario(id);
    let citizen = Citizen::draw(&scenario, &catalog(), seed).unwrap();
    let now = Instant::now();
    let exercise = VisitExercise::new(citizen, scenario.patience.clone(), now);
    (scenario, exercise, now)
}

/// What a trainee who hears everything prepares.
pub(crate) fn as_wanted(caller: &Caller) -> PreparedRequest {
    let Goal::Request(wanted) = &caller.goal else {
        panic!("nothing is to be prepared");
    };
    PreparedRequest {
        wanted: wanted.clone(),
        applicant: invention::parsed(&caller.resident_number),
    }
}

pub(crate) fn something_else() -> PreparedRequest {
    let parcel = ("parcel_number".to_owned(), Personal::new("9999".to_owned()));
    PreparedRequest {
        wanted: Wanted {
            service: "land-ledger".to_owned(),
            answers: [parcel].into(),
            options: Default::default(),
            copies: 1,
        },
        applicant: None,
    }
}

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
