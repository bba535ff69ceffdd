//! Lines with lost, late, doubled and overtaken packets, in virtual time.

use proptest::prelude::*;

use super::*;

const FRAME: Duration = Duration::from_millis(20);

/// Plays a line: when each packet arrives (or not), and what is heard at each tick.
fn heard(arrivals: &[(u64, u64)], ticks: u64) -> Vec<Taken> {
    let start = Instant::now();
    let mut buffer = JitterBuffer::default();
    let mut arrivals = arrivals.to_vec();
    arrivals.sort_by_key(|(_, at)| *at);
    let mut arrivals = arrivals.into_iter().peekable();
    let mut heard = Vec::new();
    for tick in 0..ticks {
        // Ticks lie between packets, as two clocks do.
        let now_ms = tick * 20 + 7;
        while let Some((number, at)) = arrivals.next_if(|(_, at)| *at <= now_ms) {
            let at = start + Duration::from_millis(at);
            buffer.insert(number, Some(vec![number as u8]), FRAME * number as u32, at);
            assert!(buffer.waiting() <= CAPACITY);
        }
        heard.push(buffer.take(start + Duration::from_millis(now_ms)));
    }
    heard
}

fn sounds(heard: &[Taken]) -> Vec<u8> {
    heard
        .iter()
        .filter_map(|taken| match taken {
            Taken::Sound(sound) => sound.first().copied(),
            Taken::Quiet | Taken::Lost | Taken::Nothing => None,
        })
        .collect()
}

#[test]
fn an_even_line_is_heard_whole_and_nearly_at_once() {
    let arrivals: Vec<_> = (0..50).map(|number| (number, number * 20)).collect();

    let heard = heard(&arrivals, 52);

    assert_eq!(sounds(&heard), (0..50).collect::<Vec<u8>>());
    let first = heard.iter().position(|taken| *taken != Taken::Nothing);
    assert_eq!(first, Some(1), "within 30 ms");
    assert!(!heard.contains(&Taken::Lost));
}

#[test]
fn packets_that_overtook_each_other_are_heard_in_order() {
    let arrivals = [
        (0, 0),
        (2, 25),
        (1, 28),
        (3, 60),
        (5, 85),
        (4, 86),
        (6, 120),
    ];

    let heard = heard(&arrivals, 12);

    assert_eq!(sounds(&heard), [0, 1, 2, 3, 4, 5, 6]);
    assert!(!heard.contains(&Taken::Lost));
}

#[test]
fn one_that_is_lost_leaves_one_gap_in_its_place() {
    let arrivals: Vec<_> = (0..20)
        .filter(|it| *it != 9)
        .map(|it| (it, it * 20))
        .collect();

    let heard = heard(&arrivals, 22);

    let gap = heard.iter().position(|taken| *taken == Taken::Lost);
    let before = gap.and_then(|gap| heard.get(gap - 1)).cloned();
    assert!(gap.is_some(), "{heard:?}");
    // The packet behind tells that one is missing; until then there is just nothing.
    assert!(matches!(before, Some(Taken::Nothing | Taken::Sound(_))));
    assert_eq!(
        sounds(&heard),
        [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19
        ]
    );
    assert_eq!(heard.iter().filter(|it| **it == Taken::Lost).count(), 1);
}

#[test]
fn doubled_and_late_packets_are_told_apart_and_not_heard_twice() {
    let now = Instant::now();
    let mut buffer = JitterBuffer::default();
    let insert = |buffer: &mut JitterBuffer, number| {
        buffer.insert(number, Some(vec![]), FRAME * number as u32, now)
    };
    assert_eq!(insert(&mut buffer, 5), Inserted::Kept);
    assert_eq!(insert(&mut buffer, 5), Inserted::Duplicate);
    assert_eq!(insert(&mut buffer, 6), Inserted::Kept);
    let later = now + Duration::from_millis(30);
    // Time moved on for the second packet: it is as late as the first.
    while buffer.take(later + buffer.delay()) == Taken::Nothing {}

    assert_eq!(insert(&mut buffer, 5), Inserted::Late);
    assert_eq!(insert(&mut buffer, 4), Inserted::Late);
}

#[test]
fn a_lame_line_is_delayed_until_nothing_comes_too_late() {
    // Every fifth packet is 70 ms late.
    let lame: Vec<_> = (0..500)
        .map(|it| (it, it * 20 + if it % 5 == 4 { 70 } else { 0 }))
        .collect();

    let heard = heard(&lame, 510);

    let later = &heard[50..500];
    assert!(
        later.iter().all(|it| matches!(it, Taken::Sound(_))),
        "{later:?}"
    );
}

#[test]
fn delay_that_nobody_needs_any_more_is_given_back() {
    let start = Instant::now();
    let mut buffer = JitterBuffer::default();
    let mut waiting = Vec::new();
    for tick in 0..1_500u64 {
        // Ten packets come at once after the line hung for 200 ms; then it is even.
        let numbers = match tick {
            0..100 => tick..tick + 1,
            100..110 => 0..0,
            110 => 100..111,
            _ => tick..tick + 1,
        };
        let now = start + FRAME * tick as u32;
        for number in numbers {
            buffer.insert(number, Some(vec![]), FRAME * number as u32, now);
        }
        buffer.take(now);
        waiting.push(buffer.waiting());
    }

    assert!(waiting[111] >= 3, "{:?}", &waiting[100..120]);
    assert!(waiting[1_499] <= 1, "{:?}", &waiting[1_400..]);
}

#[test]
fn a_flood_keeps_the_newest_and_no_more_than_there_is_room_for() {
    let now = Instant::now();
    let mut buffer = JitterBuffer::default();
    for number in 0..1_000 {
        buffer.insert(number, Some(vec![]), FRAME * number as u32, now);
    }

    assert_eq!(buffer.waiting(), CAPACITY);
}

#[test]
fn a_digits_packet_keeps_its_place_and_is_not_lost_sound() {
    let now = Instant::now();
    let mut buffer = JitterBuffer::default();
    buffer.insert(0, Some(vec![1]), Duration::ZERO, now);
    buffer.insert(1, None, FRAME, now);
    buffer.insert(2, Some(vec![3]), FRAME * 2, now);
    let later = now + DELAY_MAX;

    let taken = [buffer.take(later), buffer.take(later), buffer.take(later)];

    assert_eq!(
        taken,
        [Taken::Sound(vec![1]), Taken::Quiet, Taken::Sound(vec![3])]
    );
}

proptest! {
    #[test]
    fn however_they_come_nothing_is_heard_twice_or_out_of_order(
        arrivals in proptest::collection::vec((0u64..200, 0u64..4_000), 0..300)
    ) {
        let numbers = sounds(&heard(&arrivals, 260));
        prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    }
}
