//! Editions of the catalogue: from a clerk over the exchange to a kiosk.

use std::{fs, process::ExitCode, time::Duration};

use kiosk::visit::view::{Screen, View};
use serde_json::Value;
use sync::KeyPair;
use tests::{
    clerk::{Clerk, DOG, hand_in},
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

/// A welcome with so many services.
fn welcomes_with(count: u32) -> impl Fn(&View) -> bool {
    move |view| matches!(&view.screen, Screen::Welcome(it) if it.services == count)
}

fn services(stand: &mut Stand) -> u32 {
    match &stand.view().screen {
        Screen::Welcome(welcome) => welcome.services,
        other => panic!("no welcome: {other:?}"),
    }
}

/// What the exchange knows of the kiosk's edition.
fn told(stand: &Stand) -> Value {
    stand.office.agent_reads("/v1/editions")["stations"][0].clone()
}

#[test]
fn an_edition_goes_down_to_the_kiosk_and_counts_between_two_visits() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let clerk = Clerk::of(stand.office.catalog(), DOG);
    let before = services(&mut stand);
    stand.walk_to(Stop::TakeCard);

    let handed_in = hand_in(
        stand.office.data(),
        &clerk.signs(1, TUESDAY_10_00),
        &clerk.key,
    );
    stand.office.restart();
    stand.until("the edition lies at the kiosk", |it| {
        it.editions().join("1.edition").exists()
    });

    assert_eq!(handed_in, ExitCode::SUCCESS);
    assert_eq!(told(&stand)["running"], 0);
    assert_eq!(stand.go_on(), End::Thanked);
    stand.wait_until("the new service is there", welcomes_with(before + 1));
    stand.until("the exchange knows", |it| told(it)["running"] == 1);
    assert_eq!(
        stand.office.agent_reads("/v1/editions")["running"]["number"],
        1
    );
    stand.switch_off();
    stand.switch_on();
    stand.wait_until("it is still there", welcomes_with(before + 1));
}

#[test]
fn what_is_no_better_edition_is_refused_and_the_old_one_stays() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let clerk = Clerk::of(stand.office.catalog(), DOG);
    let before = services(&mut stand);
    let tomorrow = TUESDAY_10_00 + Duration::from_hours(24);
    assert_eq!(
        hand_in(
            stand.office.data(),
            &clerk.signs(2, TUESDAY_10_00),
            &clerk.key
        ),
        ExitCode::SUCCESS
    );

    let mut altered = clerk.signs(3, TUESDAY_10_00);
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let mut broken = Clerk {
        key: KeyPair::generate(),
        files: clerk.files.clone(),
    };
    broken
        .files
        .add("services/none/service.toml", b"id = 1".to_vec())
        .unwrap();
    for (signed, signer) in [
        (altered, &clerk.key),
        (clerk.signs(3, TUESDAY_10_00)[..middle].to_vec(), &clerk.key),
        (clerk.signs(3, TUESDAY_10_00), &KeyPair::generate()),
        (clerk.signs(2, TUESDAY_10_00), &clerk.key),
        (clerk.signs(1, TUESDAY_10_00), &clerk.key),
        (broken.signs(3, TUESDAY_10_00), &broken.key),
    ] {
        assert_eq!(
            hand_in(stand.office.data(), &signed, signer),
            ExitCode::FAILURE
        );
    }
    stand.office.restart();
    stand.wait_until("the good one counts", welcomes_with(before + 1));

    // What a thief with the kiosk's disk signs, a disk that rots, and what is early.
    stand.switch_off();
    let shelf = stand.editions();
    fs::write(shelf.join("8.edition"), clerk.signs(8, TUESDAY_10_00)).unwrap();
    fs::write(
        shelf.join("7.edition"),
        &clerk.signs(7, TUESDAY_10_00)[..middle],
    )
    .unwrap();
    assert_eq!(
        hand_in(stand.office.data(), &clerk.signs(9, tomorrow), &clerk.key),
        ExitCode::SUCCESS
    );
    stand.office.restart();
    stand.switch_on();
    stand.wait_until("the good one still counts", welcomes_with(before + 1));
    stand.until("the exchange knows why", |it| {
        told(it)["running"] == 2 && told(it)["refused"]["number"] == 8
    });
}
