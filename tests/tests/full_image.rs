//! The full image, whole: a machine with firmware, a disk and a TPM that QEMU and swtpm play is
//! brought into service by a technician, serves a citizen, goes over to a newer image, comes
//! back from a broken one and says why; and the power may go at any moment of its first start.
//!
//! `make image-vm-test` builds three versions of the image and runs this, one test after the
//! other. What needs no machine is in `make test`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "full_image/afar.rs"]
mod afar;
#[path = "full_image/firmware.rs"]
mod firmware;
#[path = "full_image/line.rs"]
mod line;
#[path = "tiny_image/machine.rs"]
#[allow(dead_code, reason = "the tiny image has a power button")]
mod machine;
#[path = "tiny_image/picture.rs"]
#[allow(dead_code, reason = "the tiny image's test judges receipts, too")]
mod picture;
#[path = "full_image/place.rs"]
mod place;
#[path = "full_image/stick.rs"]
mod stick;
#[path = "full_image/technician.rs"]
mod technician;
#[path = "full_image/visit.rs"]
mod visit;
#[path = "tiny_image/visits.rs"]
mod visits;

use std::{
    fs,
    time::{Duration, Instant},
};

use fleet::AlarmKind;
use place::Place;
use technician::Outcome;

/// How long a start may take on a host that has other work, with a program that plays the
/// processor.
const START: Duration = Duration::from_secs(420);

#[test]
#[ignore = "another test asks this one for places on the screen"]
fn where_a_technician_touches() {
    if let Some(file) = std::env::var_os("MINWON_PLACES") {
        technician::tell_places(file.as_ref(), &place::model());
    }
}

#[test]
#[ignore = "needs QEMU, swtpm and images: make image-vm-test"]
fn a_machine_is_brought_into_service_updated_and_comes_back_from_a_broken_version() {
    let mut place = Place::open("life");
    place.hand_in_releases();
    let site = place.stick(&[]);
    place.switch_on(&site);
    assert_eq!(place.bring_into_service(START), Outcome::InService);
    let seconds = place.machine().started.elapsed().as_secs();
    println!("a bare machine is in service after {seconds} s, technician included");
    place.until_said("This start was looked at version=1 good=true", START);
    let memory = place.figures();
    place.until_said("The firewall lets these through", START);
    place.serve_one_citizen();
    place.until_attested();
    let sealed = place.until_escrowed();
    place.machine_mut().plug_a_stranger();
    assert_eq!(place.until_alarmed().kind, AlarmKind::StrangeDevice);
    place.switch_off();
    place.disk_is_bound();
    place.is_opened_by(&sealed, &place.escrow);

    // By night, over the exchange's line.
    place.night_falls();
    place.roll_out("2");
    place.switch_on(&site);
    place.until_said("A release has come whole over the line", START * 2);
    place.until_said("It lies there whole version=2", START);
    place.until_said("This start was looked at version=2 good=true", START);
    place.picture("version-2.png");
    let report = place.until_reported(|report| report.image.version.to_string() == "2");
    println!(
        "version {} runs and the exchange knows it",
        report.image.version
    );
    place.switch_off();

    let third = place.stick(&["3"]);
    place.switch_on(&third);
    place.until_said("It lies there whole version=3", START);
    place.until_said("Rolled back failed=3 back_to=2", START * 3);
    let report = place.until_reported(|report| !report.image.rollbacks.is_empty());
    let rollback = report.image.rollbacks.last().unwrap();
    assert_eq!(rollback.failed.to_string(), "3");
    assert_eq!(report.image.version.to_string(), "2");
    let why: Vec<String> = (rollback.checks.iter())
        .filter(|it| it.result == fleet::CheckResult::Failed)
        .map(|it| format!("{}: {}", it.what, it.detail))
        .collect();
    println!(
        "version 3 failed, and the exchange was told why: {}",
        why.join("; ")
    );
    assert!(why.iter().any(|it| it.contains("topics.toml")), "{why:?}");
    // It is refused now, and the technician who looks is shown why.
    place.until_said("A release is refused version=3", START);
    place.picture("rolled-back.png");
    println!("{memory}");
    place.switch_off();
}

#[test]
#[ignore = "needs QEMU, swtpm and images: make image-vm-test"]
fn whenever_the_power_goes_in_the_first_start_a_station_is_in_service_at_the_end() {
    let cuts: u64 = std::env::var("MINWON_CUTS").map_or(10, |it| it.parse().unwrap());
    let seed: u64 = std::env::var("MINWON_SEED").map_or(2_026, |it| it.parse().unwrap());
    let mut dice = dice::Dice::new(seed);
    let mut place = Place::open("cuts");
    let site = place.stick(&[]);
    for cut in 1..=cuts {
        // Firmware and the first start of the disk, then the technician's steps in turn.
        let (from, span) = if cut % 2 == 1 { (3, 60) } else { (60, 140) };
        let moment = Duration::from_secs(from + dice.below(span) as u64);
        place.switch_on(&site);
        let began = Instant::now();
        let outcome = place.bring_into_service(moment);
        while began.elapsed() < moment {
            std::thread::sleep(Duration::from_millis(100));
        }
        println!("power cut {cut} after {} s: {outcome:?}", moment.as_secs());
        place.cut_power();
    }
    place.switch_on(&site);
    assert_eq!(place.bring_into_service(START), Outcome::InService);
    place.until_said("This start was looked at version=1 good=true", START);
    assert_eq!(
        place.certificates(),
        1,
        "one key was certified, and no second one"
    );
    place.picture("after-power-cuts.png");
    place.switch_off();
    fs::write(
        place.kept("cuts.txt"),
        format!("seed {seed}, {cuts} cuts\n"),
    )
    .unwrap();
}
