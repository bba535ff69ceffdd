//! Certificates through the exchange: a station's request, the network's answer over
//! HTTP, checked, typeset, numbered, sealed, signed and stored, and fetched by the station.
//!
//! `cargo bench --package exchange --bench issue [FOLDER]`. The exchange is a process of
//! its own: its processor time is all that is counted of it. What other engines need to
//! print the same certificates is left in the folder; `tests/peers/run.sh` has them do it.
//! Goal: three times the certificates of the fastest of them per second of processor time.

#![allow(clippy::wildcard_enum_match_arm)]

#[path = "issue/office.rs"]
mod office;
#[path = "issue/peers.rs"]
mod peers;
#[path = "issue/station.rs"]
mod station;

use std::{
    collections::BTreeSet,
    error::Error,
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use catalog::{Catalog, Service};
use request::{ServiceId, Timestamp};

use office::Office;
use station::Station;

const SERVICE: &str = "resident-register-household";
/// 24 November 2026, a Tuesday, ten o'clock in Seoul.
const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const WARM_UP: usize = 20;
const ONE_BY_ONE: usize = 200;
const TOGETHER: usize = 400;
/// Kiosks that wait for their certificate at the same time.
const AT_ONCE: usize = 8;
/// What the others print.
const FOR_PEERS: usize = 60;

type Failure = Box<dyn Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args().skip(1).find(|it| !it.starts_with("--"));
    let folder = folder.map_or_else(|| std::env::temp_dir().join("minwon-peers"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let service = Catalog::read(&catalog)?;
    let service = service
        .service(&ServiceId::new(SERVICE))
        .ok_or("no such service")?;
    let people = people(service);

    let office = Office::open(&catalog).await?;
    let mut station = Station::open(&office, service)?;
    let mut people_left = people.iter().cycle().cloned();
    let mut next = |count| people_left.by_ref().take(count).collect::<Vec<_>>();
    station.certificates(next(WARM_UP), 1).await?;

    let one_by_one = measured(&office, &mut station, next(ONE_BY_ONE), 1).await?;
    let together = measured(&office, &mut station, next(TOGETHER), AT_ONCE).await?;
    let mut out = std::io::stdout();
    writeln!(out, "one by one: {one_by_one}")?;
    writeln!(out, "{AT_ONCE} at once: {together}")?;
    writeln!(
        out,
        "resident memory: {:.0} MB",
        office.resident_megabytes()?
    )?;
    fs::write(folder.join("exchange.pdf"), station.last_paper()?)?;
    fs::write(folder.join("exchange.json"), one_by_one.to_json())?;
    fs::write(folder.join("exchange-together.json"), together.to_json())?;

    let orders = peers::orders(&office, service, &people[..FOR_PEERS.min(people.len())]).await?;
    fs::write(folder.join("orders.json"), serde_json::to_vec(&orders)?)?;
    let alone = peers::press_alone(service, &orders)?;
    writeln!(out, "the press alone: {alone}")?;
    fs::write(folder.join("press.json"), alone.to_json())?;
    Ok(())
}

/// One adult of each of many households, in an order that is always the same.
fn people(service: &Service) -> Vec<String> {
    let questions = sandbox::questions(service.network.as_str(), &service.query);
    let numbers = questions
        .into_iter()
        .filter_map(|it| it.get("resident_number").cloned());
    numbers.collect::<BTreeSet<_>>().into_iter().collect()
}

async fn measured(
    office: &Office,
    station: &mut Station<'_>,
    people: Vec<String>,
    at_once: usize,
) -> Result<Figures, Failure> {
    let (processor, start) = (office.processor_seconds()?, Instant::now());
    let times = station.certificates(people, at_once).await?;
    Ok(Figures {
        seconds: start.elapsed().as_secs_f64(),
        processor_seconds: office.processor_seconds()? - processor,
        times,
    })
}

/// How long each certificate took, and what all of them cost.
struct Figures {
    seconds: f64,
    processor_seconds: f64,
    times: Vec<Duration>,
}

impl Figures {
    fn at(&self, share: f64) -> f64 {
        let mut times = self.times.clone();
        times.sort();
        let place = ((times.len() - 1) as f64 * share).round() as usize;
        times[place].as_secs_f64() * 1e3
    }

    fn to_json(&self) -> String {
        serde_json::json!({
            "papers": self.times.len(),
            "processor_seconds": self.processor_seconds,
            "p50_ms": self.at(0.5),
            "p99_ms": self.at(0.99),
        })
        .to_string()
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let papers = self.times.len() as f64;
        write!(
            f,
            "{:.1} per second of processor time, {:.1} per second, p50 {:.1} ms, p99 {:.1} ms",
            papers / self.processor_seconds,
            papers / self.seconds,
            self.at(0.5),
            self.at(0.99)
        )
    }
}
