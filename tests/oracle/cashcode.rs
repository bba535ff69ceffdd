//! The `cashcode` library as a cash register: it has to be served by the bench's bill
//! validator before our driver is tried on it.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use bench::{
    ccnet_bill_validator::{CcnetBillValidator, Mood, NOTES_WON},
    pty::Plug,
};
use cashcode::{CashcodeDevice, DeviceState};

const PATIENCE: Duration = Duration::from_secs(30);

struct Register {
    plug: Plug<CcnetBillValidator>,
    device: CashcodeDevice,
}

impl Register {
    /// A validator that the library has reset, asked for its table and opened.
    fn open() -> Self {
        let plug = Plug::host(CcnetBillValidator::default()).unwrap();
        let path = plug.path().to_str().unwrap();
        let mut device = CashcodeDevice::open(path, None, Some(Duration::from_secs(2))).unwrap();
        device.initialize().unwrap();
        Self { plug, device }
    }

    fn insert(&self, value_won: u32) {
        assert!(self.plug.with(|it| it.insert(value_won, Instant::now())));
    }

    /// Polls until a state is told.
    fn until(&mut self, wanted: impl Fn(&DeviceState) -> bool) -> DeviceState {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let state = self.device.poll().unwrap();
            if wanted(&state) {
                return state;
            }
        }
        panic!("not told in time");
    }

    fn escrow(&mut self) -> u8 {
        match self.until(DeviceState::is_escrow) {
            DeviceState::EscrowPosition { bill_type } => bill_type,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_stranger_reads_the_table_of_notes() {
    let mut register = Register::open();

    let table = register.device.bill_table().unwrap();

    let notes: Vec<_> = table.active_entries().map(|(_, it)| it.clone()).collect();
    let values: Vec<_> = notes.iter().map(|it| it.denomination).collect();
    assert_eq!(values, NOTES_WON);
    assert!(notes.iter().all(|it| it.country_str() == "KOR"));
    assert!(register.device.poll().unwrap().is_ready());
}

#[test]
fn a_stranger_takes_a_note_and_gives_one_back() {
    let mut register = Register::open();

    register.insert(10_000);
    let kind = register.escrow();
    assert_eq!(NOTES_WON[usize::from(kind)], 10_000);
    register.device.hold().unwrap();
    register.device.stack().unwrap();
    let stacked = register.until(|it| matches!(it, DeviceState::BillStacked { .. }));
    assert_eq!(stacked, DeviceState::BillStacked { bill_type: kind });
    assert_eq!(register.plug.with(|it| it.stacked_won()), 10_000);

    register.insert(5_000);
    let kind = register.escrow();
    register.device.return_bill().unwrap();
    let returned = register.until(|it| matches!(it, DeviceState::BillReturned { .. }));
    assert_eq!(returned, DeviceState::BillReturned { bill_type: kind });
    assert_eq!(register.plug.with(|it| it.returned_won()), 5_000);
}

#[test]
fn a_stranger_shuts_the_slot_and_understands_what_is_wrong() {
    let mut register = Register::open();
    register.device.disable().unwrap();
    register.until(|it| *it == DeviceState::UnitDisabled);

    register.plug.with(|it| it.mood = Mood::Full);

    register.until(|it| *it == DeviceState::CassetteFull);
}

#[test]
fn a_stranger_understands_where_a_note_lay_when_the_power_failed() {
    for (stacks, state) in [
        (false, DeviceState::PowerUpBillInValidator),
        (true, DeviceState::PowerUpBillInStacker),
    ] {
        let mut register = Register::open();
        register.insert(1_000);
        register.escrow();
        if stacks {
            register.device.stack().unwrap();
        }
        register.plug.with(CcnetBillValidator::lose_power);

        register.until(|it| *it == state);
    }
}
