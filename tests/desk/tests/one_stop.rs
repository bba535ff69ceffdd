//! One stop: the services of the catalogue from the first touch to the paper in the
//! tray, through whole windows. A citizen asks at a kiosk, and a caller has it prepared
//! at a desk and collects it at the kiosk.
//!
//! In `make test` a few services go through, so that every kind of question is answered
//! by both; `MINWON_SERVICES=all` sends every one through both, and prints a table.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth and the caller serve other stories too"
)]

#[path = "one_stop/agent.rs"]
mod agent;
#[path = "../../../callcenter/desk/tests/desk/booth.rs"]
mod booth;
#[path = "../../../callcenter/desk/tests/desk/caller.rs"]
mod caller;
#[path = "one_stop/citizen.rs"]
mod citizen;
#[path = "one_stop/keys.rs"]
mod keys;

use std::{path::Path, time::Instant};

use booth::{Booth, STATION, Way};
use catalog::{Catalog, Service};
use citizen::Citizen;
use request::StationId;
use sandbox::Example;
use tests::{office::TUESDAY_10_00, stand::Stand};
use verify::{Trust, Verdict, examine};

/// All kinds of questions, of identities and of offline rules, with fees and without.
const A_FEW: [&str; 6] = [
    "weather-certificate",
    "vehicle-register",
    "patent-register",
    "building-ledger",
    "statistics-extract",
    "family-relations",
];

struct Counter {
    catalog: Catalog,
    stand: Stand,
    booth: Booth,
    trust: Trust,
}

impl Counter {
    fn open() -> Self {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let stand = Stand::open(TUESDAY_10_00);
        let mut booth = Booth::beside(Way {
            url: format!("https://{}", stand.office.address()),
            credentials: stand.office.enroll(&StationId::new(STATION)),
            agent: None,
        });
        booth.sign_in();
        booth.wait_for("the line is up", |view| view.line.linked);
        Self {
            catalog: Catalog::read(&house).unwrap(),
            trust: Trust::read(&stand.office.trust()).unwrap(),
            stand,
            booth,
        }
    }

    /// Asked for by touch; answers what became of it.
    fn at_kiosk(&mut self, service: &Service, example: &Example) -> Result<(), String> {
        let sheets = self.stand.sheets().len();
        let mut citizen = Citizen::new(&self.catalog, service, example);
        citizen.find(&mut self.stand);
        let paid = citizen.walk(&mut self.stand)?;
        self.stand.assert_agreement(paid);
        self.newest_of(sheets + 1)
    }

    /// Asked for by telephone and collected at the kiosk.
    fn at_desk(&mut self, service: &Service, example: &Example) -> Result<(), String> {
        let sheets = self.stand.sheets().len();
        let code = agent::prepare(&mut self.booth, &self.catalog, service, example);
        self.stand.collect(&code);
        let mut citizen = Citizen::new(&self.catalog, service, example);
        let paid = citizen.walk(&mut self.stand)?;
        self.stand.assert_agreement(paid);
        self.newest_of(sheets + 1)
    }

    /// The last of so many sheets in the tray, as whoever is handed it looks at it.
    fn newest_of(&self, wanted: usize) -> Result<(), String> {
        let sheets = self.stand.sheets();
        if sheets.len() != wanted {
            return Err(format!("{} sheets instead of {wanted}", sheets.len()));
        }
        // Their names are their numbers, which are no order.
        let number = self
            .stand
            .request()
            .paper
            .documents
            .last()
            .map(|it| it.0.number.as_str().to_owned());
        let newest = sheets
            .iter()
            .find(|it| number.as_ref().is_some_and(|no| it.0.contains(no)));
        match newest.map(|sheet| examine(&sheet.1, &self.trust)) {
            Some(Verdict::Genuine {
                signed: Some(_),
                claims: Some(_),
                ..
            }) => Ok(()),
            other => Err(format!("not genuine: {other:?}")),
        }
    }
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "the table is what `make services` is run for"
)]
fn services_end_in_a_genuine_paper_through_whole_windows() {
    let all = std::env::var("MINWON_SERVICES").is_ok_and(|it| it == "all");
    let mut counter = Counter::open();
    let catalog = counter.catalog.clone();
    let wanted = |it: &&Service| all || A_FEW.contains(&it.id.as_str());
    let mut failed = Vec::new();

    for service in catalog.services().filter(wanted) {
        let example = Example::of(&catalog, service);
        let began = Instant::now();
        for (door, became) in [
            ("kiosk", counter.at_kiosk(service, &example)),
            ("desk", counter.at_desk(service, &example)),
        ] {
            let said = became
                .as_ref()
                .map_or_else(Clone::clone, |()| "genuine".to_owned());
            println!(
                "{:30} {door:6} {said} ({:.1} s)",
                service.id.as_str(),
                began.elapsed().as_secs_f32()
            );
            if became.is_err() {
                failed.push(format!("{} ({door}): {said}", service.id));
            }
        }
    }

    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
