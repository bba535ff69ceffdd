//! Devices that answer in good frames and make no sense.

use std::time::{Duration, Instant};

use devices::cash::CashOrder;
use drivers::{
    Driver, Input, Output,
    cash::{
        CashUnit,
        cctalk::{Frame, HOST},
    },
};
use proptest::prelude::*;

use crate::counter::settings;

/// The header and the data of an answer; no header is silence.
type Strange = (Option<u8>, Vec<u8>);

fn strange() -> impl Strategy<Value = Strange> {
    let header = prop_oneof![
        6 => Just(Some(0)),
        1 => Just(Some(5)),
        1 => any::<u8>().prop_map(Some),
        1 => Just(None),
    ];
    let sensible = prop_oneof![
        Just(b"Coin Acceptor".to_vec()),
        Just(b"Bill Validator".to_vec()),
        Just(b"Payout".to_vec()),
        Just(b"KR100A".to_vec()),
        Just(b"KR0010A".to_vec()),
        Just(vec![100, 0, 0]),
        Just(vec![254]),
        Just(Vec::new()),
        proptest::collection::vec(0u8..4, 11),
        proptest::collection::vec(any::<u8>(), 11),
        proptest::collection::vec(0u8..4, 4),
        proptest::collection::vec(any::<u8>(), 0..20),
    ];
    (header, sensible)
}

fn order() -> impl Strategy<Value = CashOrder> {
    prop_oneof![
        (0u32..3_000).prop_map(|amount_won| CashOrder::Collect { amount_won }),
        Just(CashOrder::Stop),
        Just(CashOrder::StackNote),
        Just(CashOrder::ReturnNote),
        any::<u32>().prop_map(|amount_won| CashOrder::Pay { amount_won }),
    ]
}

/// The address of the question the unit asks now, if it asks.
fn question(unit: &mut CashUnit) -> Option<u8> {
    let mut address = None;
    while let Some(output) = unit.poll_output() {
        if let Output::Wire(bytes) = output {
            address = bytes.first().copied();
        }
    }
    address
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_devices_answer_the_unit_goes_on_asking(
        answers in proptest::collection::vec(strange(), 1..40),
        orders in proptest::collection::vec(order(), 1..8),
    ) {
        let begin = Instant::now();
        let mut now = begin;
        let mut unit = CashUnit::new(settings());
        unit.handle(Input::Connected, now);
        let mut orders = orders.into_iter();
        let mut asked = 0;

        for (turn, (header, data)) in answers.iter().cycle().take(1_500).enumerate() {
            if turn % 150 == 0 && let Some(order) = orders.next() {
                unit.handle(Input::Order(order), now);
            }
            if let Some(address) = question(&mut unit) {
                asked += 1;
                if let Some(header) = *header {
                    let answer = Frame { destination: HOST, source: address, header, data: data.clone() };
                    unit.handle(Input::Wire(answer.encode()), now);
                }
            }
            let due = unit.poll_timeout();
            prop_assert!(due.is_some(), "the unit has fallen asleep");
            now = due.map_or(now, |due| due.max(now));
            unit.handle_timeout(now);
        }

        prop_assert!(asked > 100, "asked {asked} times");
        prop_assert!(now - begin > Duration::from_secs(3), "the unit turns on the spot");
    }
}
