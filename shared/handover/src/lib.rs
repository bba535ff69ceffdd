//! A kiosk's visit handed to an agent: what the two say to each other, by way of
//! the exchange, and the three machines that say it.
//!
//! The [`Host`] stands in the kiosk, the [`Attendant`] at the desk, the [`Rooms`]
//! in the exchange: a room for each kiosk that asks, which one desk takes. Both
//! ends number what they say ([`Posting`]) and say it again until it is taken, so
//! that whatever is lost on the way is said once in effect.
//!
//! The agent sees a [`Form`], which cannot hold who asks, a card or money; may point
//! at a field, propose a value for one, and talk in typed lines. Nothing is filled
//! in before the citizen has confirmed it, one field at a time.
//!
//! Pure: no clock, no disk, no network. Nothing here is ever written down.

mod attendant;
mod correspondence;
mod form;
mod host;
mod message;
mod posting;
mod question;
mod rooms;
mod shareable;

pub use attendant::{Attendant, AttendantCommand, AttendantEvent, AttendantReport};
pub use form::{FIELDS_MAX, Filled, Form, Place};
pub use host::{Host, HostCommand, HostEnding, HostEvent, HostReport};
pub use message::{FromDesk, FromKiosk, Proposal};
pub use posting::{BATCH_MAX, Delivery, Numbered, Posting, Presence};
pub use question::{
    Attempt, DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, Opening, RoomFault, RoomId,
    RoomNotice, RoomRefusal, WaitingRooms,
};
pub use rooms::{ROOMS_MAX, Rooms, SILENCE_MAX, TRAY_MAX, WAITING_MAX};
pub use shareable::{NotShareable, Shareable, TEXT_MAX};
