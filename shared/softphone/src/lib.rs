//! A telephone as a library, for an agent's desk and for a kiosk's handset.
//!
//! [`Softphone::start`] opens it; [`Order`]s go in, [`Event`]s come out. It has
//! one account at one registrar and one call at a time: another caller is told
//! that it is busy, and who is not the registrar is not let through at all.
//!
//! [`Telephone`] decides: a plain machine without sockets and clocks. Around it
//! stand two threads. One speaks SIP with the lines of the switch (`signalling`)
//! turned round; the other keeps the time of the sound, with a leg of the switch
//! (`media`) whose other side is a microphone and a loudspeaker.
//!
//! Devices are open during a call or a test alone. Without a sound card, or when
//! one vanishes, the call goes on in silence and says so ([`Event::DeviceGone`]).
//!
//! What is not here: **echo cancellation, noise suppression and automatic gain**.
//! With a handset or a headset nothing is missing; with an open loudspeaker the
//! other end hears itself. Sound before the answer (183 with SDP) is not played.
//! Wide-band codecs are sent and heard at 8 kHz.
//!
//! No real sound card has ever been at the other end of this: it has been run
//! against files, and its devices' test against PulseAudio without a card.

mod event;
mod lent;
mod level;
mod order;
mod registration;
mod resampling;
mod session;
mod settings;
mod softphone;
mod sound;
mod telephone;
mod volume;

pub use event::{Ended, Event, Side, Unregistered};
pub use lent::{Account, LentTelephone, NotTaken};
pub use order::Order;
pub use settings::{Device, Encryption, Settings, SoundSettings, Transport};
pub use softphone::{Closed, Fault, Softphone};
pub use sound::{OfferedDevice, OfferedDevices, offered_devices};
pub use telephone::{Command, Input, Opened, Telephone};
pub use volume::Volume;
