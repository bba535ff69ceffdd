//! What people type and what they need it for leads to services of the shipped catalogue.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use catalog::Catalog;

fn shipped() -> Catalog {
    Catalog::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn a_slip_of_the_finger_still_leads_to_the_paper() {
    let catalog = shipped();

    for (typed, wanted) in [
        ("등븐", "resident-register-household"),
        ("토지대쟝", "land-ledger"),
        ("가족관게", "family-relations"),
        ("건강보헝", "health-insurance-history"),
        ("vehcile", "vehicle-register"),
    ] {
        assert!(catalog.find(typed).is_empty(), "{typed} is found as it is");
        let found = catalog.find_nearly(typed);
        let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
        assert!(ids.contains(&wanted), "{typed}: {ids:?}");
        assert!(ids.len() <= 8, "{typed} is nearly anything: {ids:?}");
    }
}

#[test]
fn what_no_paper_is_called_finds_none_nearly() {
    let catalog = shipped();

    for typed in ["", "ㄷ", "오늘날씨어때", "qwertyuiop", "커피한잔"] {
        let found = catalog.find_nearly(typed);
        let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
        assert!(ids.is_empty(), "{typed}: {ids:?}");
    }
}

#[test]
fn every_life_event_has_papers_and_none_twice() {
    let catalog = shipped();

    assert_eq!(catalog.life_events().count(), 6);
    for event in catalog.life_events() {
        let papers = catalog.needed_for(event).count();
        assert!((3..=6).contains(&papers), "{}: {papers}", event.id);
        let mut ids: Vec<_> = event.services.iter().collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), papers, "{}", event.id);
    }
}
