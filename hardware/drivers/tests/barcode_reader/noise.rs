//! Whatever bytes come, in whatever pieces: a code is told only where it stands on the line.

use std::time::{Duration, Instant};

use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder, DATA_MAX};
use drivers::{
    Driver, Input,
    barcode_reader::{Ending, Framing, SerialScanner},
};
use proptest::prelude::*;

use crate::{scanned, told};

fn any_framing() -> impl Strategy<Value = Framing> {
    let ending = prop_oneof![
        Just(Ending::Line),
        Just(Ending::Silence),
        proptest::collection::vec(any::<u8>(), 1..4).prop_map(Ending::Suffix),
    ];
    let prefix = proptest::collection::vec(any::<u8>(), 0..3);
    (ending, prefix, any::<bool>()).prop_map(|(ending, prefix, identifies)| Framing {
        ending,
        prefix,
        identifies,
        ..Framing::default()
    })
}

proptest! {
    #[test]
    fn noise_breaks_nothing_and_whatever_is_told_stood_on_the_line(
        framing in any_framing(),
        pieces in proptest::collection::vec(
            (proptest::collection::vec(any::<u8>(), 0..400), 0_u64..900, any::<bool>()),
            0..60,
        ),
    ) {
        let mut now = Instant::now();
        let mut driver = SerialScanner::new(framing);
        driver.handle(Input::Connected, now);
        let (mut wire, mut wanted) = (Vec::<u8>::new(), 0);
        for (bytes, after, reads) in pieces {
            if reads {
                driver.handle(Input::Order(BarcodeReaderOrder::Read), now);
                wanted += 1;
            }
            wire.extend(&bytes);
            driver.handle(Input::Wire(bytes), now);
            now += Duration::from_millis(after);
            if driver.poll_timeout().is_some_and(|due| due <= now) {
                driver.handle_timeout(now);
            }
            for event in told(&mut driver) {
                let Some(text) = scanned(&event) else { continue };
                prop_assert!(!text.is_empty() && text.len() <= DATA_MAX);
                let there = wire.windows(text.len()).any(|it: &[u8]| it == text.as_bytes());
                prop_assert!(there, "made up {text:?}");
                prop_assert!(wanted > 0, "nobody wanted {text:?}");
                wanted = 0;
            }
        }
    }

    #[test]
    fn a_code_is_read_after_any_noise_and_a_pause(
        noise in proptest::collection::vec(any::<u8>(), 0..40_000),
        code in "[ -~]{1,80}",
    ) {
        let now = Instant::now();
        let mut driver = SerialScanner::new(Framing::default());
        driver.handle(Input::Connected, now);
        driver.handle(Input::Wire(noise), now);
        let later = now + Duration::from_secs(2);
        driver.handle_timeout(later);
        told(&mut driver);

        driver.handle(Input::Order(BarcodeReaderOrder::Read), later);
        driver.handle(Input::Wire(format!("{code}\r").into_bytes()), later);

        let heard = told(&mut driver);
        prop_assert_eq!(heard.iter().filter_map(scanned).collect::<Vec<_>>(), [code.as_str()]);
        let refused = heard.iter().any(|it| matches!(it, BarcodeReaderEvent::Refused(_)));
        prop_assert!(!refused);
    }
}
