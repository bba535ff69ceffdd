//! Pictures that are none, or are spoilt, or are too large, and what is read in those that are.

use bench::{
    camera::{Camera as BenchCamera, Mood},
    model::Dice,
};
use devices::barcode_reader::{BarcodeReaderEvent, ScanFault};
use drivers::barcode_reader::camera::{BYTES_MAX, Picture, Sight, look};

use crate::{CODE, READ, counter::Counter, seconds};

fn paper() -> Vec<u8> {
    let mut camera = BenchCamera::default();
    camera.hold(CODE);
    camera.view().to_vec()
}

fn seen(jpeg: Vec<u8>) -> Sight {
    look(&Picture::new(jpeg).unwrap())
}

#[test]
fn a_picture_says_what_is_written_in_it_or_that_it_is_none() {
    let Sight::Code(code) = seen(paper()) else {
        panic!("there is a code in it");
    };
    assert_eq!(code.text.reveal(), CODE);

    assert_eq!(seen(BenchCamera::default().view().to_vec()), Sight::Nothing);
    assert_eq!(seen(b"GIF89a".to_vec()), Sight::NoPicture);
    assert_eq!(seen(vec![0xff, 0xd8]), Sight::NoPicture);
    let mut cut_off = paper();
    cut_off.truncate(cut_off.len() * 9 / 10);
    assert_eq!(seen(cut_off), Sight::NoPicture);
    assert!(Picture::new(Vec::new()).is_none());
    assert!(Picture::new(vec![0; BYTES_MAX + 1]).is_none());
}

#[test]
fn a_picture_that_says_it_is_enormous_is_not_decoded() {
    let mut jpeg = paper();
    // Start of frame, its length, eight bits, then height and width (ISO/IEC 10918-1, B.2.2).
    let frame = jpeg.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
    for sides in [[0xff_u8, 0xff, 0xff, 0xff], [0x10, 0, 0x10, 0]] {
        jpeg[frame + 5..frame + 9].copy_from_slice(&sides);

        assert_eq!(seen(jpeg.clone()), Sight::NoPicture, "{sides:?}");
    }
}

#[test]
fn a_code_with_what_is_no_text_in_it_is_refused_once() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(READ);
    counter.twin.hold("MW1:\u{1}\u{2}");

    let told = counter.pass(seconds(3));

    assert_eq!(told, [BarcodeReaderEvent::Refused(ScanFault::Garbage)]);
    assert_eq!(ScanFault::Garbage.code(), "BCR-05");
    counter.twin.hold(CODE);
    assert_eq!(counter.codes_of(seconds(1)), [CODE]);
}

#[test]
fn a_picture_that_was_spoilt_says_nothing_that_was_not_in_it() {
    let jpeg = paper();
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let mut spoilt = jpeg.clone();
        for _ in 0..=dice.below(6) {
            let place = usize::try_from(dice.below(spoilt.len() as u64)).unwrap();
            match dice.below(8) {
                0 => spoilt.truncate(place.max(1)),
                _ => spoilt[place] ^= 1 << dice.below(8),
            }
        }

        if let Sight::Code(code) = seen(spoilt) {
            assert_eq!(code.text.reveal(), CODE, "{seed}");
        }
    }
}
