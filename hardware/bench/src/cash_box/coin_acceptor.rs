//! A coin acceptor at address 2 that knows four Korean coins.

use super::{
    event_buffer::EventBuffer,
    frame::{Answer, Request},
};

pub(super) const ADDRESS: u8 = 2;

/// Coin types from 1 on; the other places hold none.
const COINS: [(u32, &[u8; 6]); 4] = [
    (10, b"KR010A"),
    (50, b"KR050A"),
    (100, b"KR100A"),
    (500, b"KR500A"),
];
const NO_COIN: &[u8; 6] = b"......";

/// Event codes of header 229.
const REJECTED: u8 = 1;
const INHIBITED: u8 = 2;
const CREDIT_SENSOR_BLOCKED: u8 = 14;
/// Fault code of header 232: credit sensor.
const CREDIT_SENSOR_FAULT: u8 = 3;

#[derive(Default)]
pub(super) struct CoinAcceptor {
    open: bool,
    mask: u16,
    jam: bool,
    events: EventBuffer,
    pub(super) cash_box_won: u32,
    pub(super) stuck_won: u32,
    pub(super) tray_won: u32,
}

impl CoinAcceptor {
    pub(super) fn is_open(&self) -> bool {
        self.open && self.mask != 0
    }

    pub(super) fn set_jam(&mut self, jam: bool) {
        self.jam = jam;
        if !jam {
            // Who frees a coin hands it out.
            self.tray_won += std::mem::take(&mut self.stuck_won);
        }
    }

    pub(super) fn reset(&mut self) {
        self.open = false;
        self.mask = 0;
        self.events = EventBuffer::default();
    }

    pub(super) fn insert(&mut self, value_won: u32) {
        let known = COINS.iter().position(|(value, _)| *value == value_won);
        let Some(place) = known else {
            self.tray_won += value_won;
            self.events.push([0, REJECTED]);
            return;
        };
        let kind = u8::try_from(place + 1).expect("four coins");
        if !self.open || self.mask & 1 << place == 0 {
            self.tray_won += value_won;
            self.events.push([0, INHIBITED]);
        } else if self.stuck_won > 0 {
            self.tray_won += value_won;
            self.events.push([0, REJECTED]);
        } else if self.jam {
            self.stuck_won = value_won;
            self.events.push([0, CREDIT_SENSOR_BLOCKED]);
        } else {
            self.cash_box_won += value_won;
            self.events.push([kind, 0]);
        }
    }

    pub(super) fn answer(&mut self, request: &Request) -> Option<Answer> {
        match (request.header, &request.data[..]) {
            (254, []) => Answer::acknowledge(),
            (245, []) => Answer::data(b"Coin Acceptor"),
            (242, []) => Answer::data(&[0x02, 0x10, 0x00]),
            (232, []) => Answer::data(&[if self.stuck_won > 0 {
                CREDIT_SENSOR_FAULT
            } else {
                0
            }]),
            (231, &[low, high]) => {
                self.mask = u16::from_le_bytes([low, high]);
                Answer::acknowledge()
            }
            (230, []) => Answer::data(&self.mask.to_le_bytes()),
            (229, []) => Answer::data(&self.events.tell()),
            (228, &[open]) => {
                self.open = open & 1 != 0;
                Answer::acknowledge()
            }
            (227, []) => Answer::data(&[u8::from(self.open)]),
            (184, &[place @ 1..=16]) => {
                let coin = COINS.get(usize::from(place) - 1);
                Answer::data(coin.map_or(NO_COIN, |(_, id)| *id))
            }
            _ => Answer::refuse(),
        }
    }
}
