//! What the media plane tells of: keys, what was played and recorded, telephones that
//! fell silent.

use std::time::Duration;

use distributor::CallId;
use media::plane;
use signalling::LegId;

use super::{Switch, hexadecimal};
use crate::{call_book::Fact, switchboard::Event};

/// A telephone of which nothing was heard for so long is gone. The media plane tells
/// of silence after five seconds and at each doubling.
const VANISHED: Duration = Duration::from_secs(40);

impl Switch {
    pub(super) fn sounded(&mut self, event: plane::Event) {
        match event {
            plane::Event::Digit { leg, digit } => {
                if let Some(line) = self.legs.get(&LegId::new(leg.0)) {
                    let leg = line.leg;
                    self.events.push(Event::Digit { leg, digit });
                }
            }
            plane::Event::PlayedOut { leg } => {
                if let Some(line) = self.legs.get(&LegId::new(leg.0)) {
                    let leg = line.leg;
                    self.events.push(Event::PlayedOut { leg });
                }
            }
            plane::Event::NoMediaFor { leg, duration } if duration >= VANISHED => {
                self.vanished(LegId::new(leg.0));
            }
            plane::Event::Recorded {
                recording,
                recorded,
            } => {
                let fact = recorded_fact(&recorded);
                self.note(CallId(recording.0), &fact);
                tracing::info!(call = recording.0, "A recording is on the disk");
            }
            plane::Event::RecordingFailed { recording } => {
                tracing::error!(call = recording.0, "A recording cannot be written");
            }
            plane::Event::NoMediaFor { .. }
            | plane::Event::SilentFor { .. }
            | plane::Event::MediaAgain { .. }
            | plane::Event::Quality { .. } => {}
        }
    }
}

fn recorded_fact(recorded: &plane::Recorded) -> Fact {
    let millis = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    Fact::Recorded {
        digest: hexadecimal(&recorded.digest),
        duration_ms: millis(recorded.duration),
        missing_ms: millis(recorded.missing),
    }
}
