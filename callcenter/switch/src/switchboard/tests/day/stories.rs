//! Days that broke a law once, made short.

use super::{
    Scale, empty_journal,
    plan::{Thing, Visit},
    play,
};

fn calls(at: u64, person: u64, dialed: &'static str, key: Option<char>, seed: u64) -> Thing {
    Thing::Visit(Visit {
        at,
        person,
        dialed,
        key,
        hidden: false,
        request: None,
        seed,
    })
}

/// Day 140: somebody with a promise calls from two telephones at once; the
/// promise belongs to the call that took it over and is on the line still.
fn two_telephones() -> Vec<Thing> {
    vec![
        calls(424_159, 13, "120", Some('1'), 8_450_833_690_320_813_497),
        calls(450_668, 4, "140", Some('1'), 10_477_566_839_227_920_405),
        calls(410_803, 4, "119", Some('3'), 17_537_432_420_639_129_965),
        calls(302_714, 19, "120", Some('1'), 17_692_864_027_514_318_518),
        calls(403_835, 9, "119", None, 13_734_328_232_897_625_256),
        calls(449_278, 19, "120", Some('1'), 3_324_669_749_836_820_160),
        calls(1_037_224, 8, "119", None, 12_191_339_497_668_449_222),
        calls(770_275, 8, "110", Some('9'), 12_298_070_018_500_746_558),
        calls(768_887, 11, "140", Some('2'), 5_218_545_855_447_512_821),
        Thing::Kill {
            at: 492_569,
            after: 21,
        },
    ]
}

#[test]
fn days_that_broke_a_law_once_break_none() {
    let folder = tempfile::tempdir().unwrap();
    let empty = empty_journal(&folder);
    let stories = [("two telephones", two_telephones())];
    for (name, things) in stories {
        let played = play(Scale::SHORT, things, &empty, None);

        let played = played.unwrap_or_else(|broken| panic!("{name}: {broken}"));
        assert!(played.returned > 0, "{name}: nobody called again");
    }
}
