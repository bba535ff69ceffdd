//! Strangers, silence, hold and a machine that stands still.

use std::{net::SocketAddr, time::Duration};

use super::world::*;
use crate::{
    bridge::Input,
    codec::g711,
    mixing::Hearing,
    plane::{Direction, Event, Remote},
    rtp::Header,
};

#[test]
fn strangers_are_not_heard_and_do_not_move_the_call() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    world.run(500);
    let stranger = SocketAddr::from(([127, 0, 0, 1], 666));
    for sequence in 0..200u16 {
        let header = Header {
            marker: false,
            payload_type: 0,
            sequence,
            timestamp: 0,
            ssrc: 66,
        };
        world.packet(
            CALLER,
            stranger,
            header,
            &tone(1_500.0, u32::from(sequence)).map(g711::to_mu_law),
        );
        // From the right place, but of another kind or another source.
        world.packet(
            CALLER,
            address(CALLER),
            Header {
                payload_type: 8,
                ..header
            },
            &[0xd5; 160],
        );
        world.packet(CALLER, address(CALLER), header, &[0; 160]);
        world.run(5);
    }

    assert_eq!(world.hears(AGENT), [700.0]);
    assert_eq!(world.hears(CALLER), [1_100.0]);
    world.input(Input::Close { leg: CALLER });
    world.carry_out();
    let quality = world.events.iter().rev().find_map(|it| {
        if let Event::Quality {
            leg: CALLER,
            quality,
        } = it
        {
            Some(*quality)
        } else {
            None
        }
    });
    assert_eq!(quality.map(|it| it.refused), Some(600));
}

#[test]
fn silence_on_the_line_is_told_and_its_end_too() {
    let mut world = World::with_legs(&[(CALLER, 700.0)]);
    world.run(1_000);
    world.ends.get_mut(&CALLER).unwrap().hertz = None;
    world.run(11_000);
    world.ends.get_mut(&CALLER).unwrap().hertz = Some(700.0);
    world.run(100);

    let told: Vec<_> = world
        .events
        .iter()
        .filter(|it| !matches!(it, Event::Quality { .. }))
        .collect();
    let seconds = Duration::from_secs;
    assert_eq!(
        told,
        [
            &Event::NoMediaFor {
                leg: CALLER,
                duration: seconds(5)
            },
            &Event::NoMediaFor {
                leg: CALLER,
                duration: seconds(10)
            },
            &Event::MediaAgain { leg: CALLER },
        ]
    );
}

#[test]
fn a_muted_microphone_is_told_though_packets_come() {
    let mut world = World::with_legs(&[(CALLER, 0.0)]);

    world.run(10_100);

    let silent = Event::SilentFor {
        leg: CALLER,
        duration: Duration::from_secs(10),
    };
    assert!(world.events.contains(&silent), "{:?}", world.events);
}

#[test]
fn who_is_on_hold_is_not_sent_anything() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    world.run(500);
    let held = Remote {
        direction: Direction::Inactive,
        ..remote(CALLER)
    };
    world.input(Input::Connect {
        leg: CALLER,
        remote: Box::new(held),
    });
    let before = world.ends[&CALLER].received.len();
    world.run(500);
    assert_eq!(world.ends[&CALLER].received.len(), before);
    world.input(Input::Connect {
        leg: CALLER,
        remote: Box::new(remote(CALLER)),
    });
    world.run(1_000);

    assert_eq!(world.hears(CALLER), [1_100.0]);
    let received = &world.ends[&CALLER].received;
    let (last, first) = (&received[before - 1].0, &received[before].0);
    assert_eq!(first.sequence, last.sequence.wrapping_add(1));
    assert_eq!(first.timestamp.wrapping_sub(last.timestamp), 26 * 160);
    assert!(first.marker);
}

#[test]
fn a_machine_that_stood_still_does_not_flood_the_legs() {
    let mut world = World::with_legs(&[(CALLER, 700.0)]);
    world.run(500);
    let before = world.ends[&CALLER].received.len();
    world.now += Duration::from_secs(30);
    world.run(1);

    let after = world.ends[&CALLER].received.len();
    assert!(after - before <= 12, "{}", after - before);
    assert!(world.bridge.skipped() > 1_000);
    world.input(Input::Close { leg: CALLER });
    assert_eq!(world.bridge.poll_timeout(), None);
}
