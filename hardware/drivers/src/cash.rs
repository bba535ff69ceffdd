//! Cash drivers: coins, notes and change over one ccTalk line.
//!
//! [`CashUnit`] is the driver a station starts. Money counts as accepted only
//! when a device's own event counter says so: a coin that has passed the gate,
//! a note that lies in the stacker. Money counts as paid only when a hopper's
//! own counters say so. Where a counter was lost, the unit says *unknown*.
//!
//! The line carries plain frames with the simple check sum; devices set to
//! encryption or to the CRC form do not answer it.

mod acceptor;
mod cash_unit;
pub mod ccnet;
pub mod cctalk;
mod cctalk_bill_validator;
mod cctalk_coin_acceptor;
mod cctalk_hopper;
mod change;
mod event_counter;
mod line;
mod payment;
mod payout;
mod value;

pub use cash_unit::{CashSettings, CashUnit};
pub use cctalk_hopper::HopperSettings;
