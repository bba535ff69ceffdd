//! One short function for each order of the switchboard.

use std::collections::BTreeSet;

use distributor::{CallId, PauseReason, Sensitive};
use media::{
    plane::{self, MediaPlane, PlaneError, RecordingId, Repeat, Tracks},
    srtp::MasterKey,
};
use privacy::Personal;
use signalling::{LegId, Signalling, Target};

use super::{
    Switch,
    lines::{Line, media_leg},
};
use crate::session::Session;
use crate::switchboard::{Callee, Command, Event, Leg, Words};

/// SIP's 404 Not Found, for a number nobody can be reached by.
const NO_WAY_OUT: u16 = 404;
/// SIP's 503 Service Unavailable: no port or no dice.
pub(super) const NO_ROOM: u16 = 503;
/// SIP's 603 Decline, for a transfer that leads nowhere.
const DECLINED: u16 = 603;

impl Switch {
    pub(super) fn carry_out(&mut self, command: Command) {
        match command {
            Command::Ring { leg } => self.order(leg, |leg| signalling::Command::Ring { leg }),
            Command::EarlyMedia { leg } => self.sound_early(leg),
            Command::Accept { leg } => self.accept(leg),
            Command::Refuse { leg, status } => self.refuse(leg, status),
            Command::Dial {
                leg,
                callee,
                from,
                call,
                request,
            } => self.dial(leg, callee, from, call, request),
            Command::End { leg } => self.order(leg, |leg| signalling::Command::End { leg }),
            Command::Hear { leg, sources } => self.hear(leg, &sources),
            Command::Say {
                leg,
                words,
                language,
            } => self.say(leg, &words, &language.0),
            Command::Music { leg } => {
                let music = self.voice.music().clone();
                self.sound(leg, |plane, leg| plane.play(leg, music, Repeat::Forever));
            }
            Command::Hush { leg } => self.sound(leg, |plane, leg| plane.stop(leg)),
            Command::Record {
                call,
                caller,
                heard,
            } => self.record(call, caller, &heard),
            Command::PauseRecording { call, reason } => {
                let reason = pause(&reason);
                self.recording(call, |plane, id| plane.pause(id, reason));
            }
            Command::ResumeRecording { call } => {
                self.recording(call, |plane, id| plane.resume(id));
            }
            Command::FinishRecording { call } => {
                self.recording(call, |plane, id| plane.finish(id));
                self.recordings.remove(&call.0);
            }
            Command::TransferMade { leg, made } => self.order(leg, |leg| match made {
                true => signalling::Command::TransferDone { leg },
                false => signalling::Command::TransferFailed {
                    leg,
                    status: DECLINED,
                },
            }),
            Command::TransferRefused { leg, status } => {
                self.order(leg, |leg| signalling::Command::TransferFailed {
                    leg,
                    status,
                });
            }
            Command::Note { call, fact } => self.note(call, &fact),
            Command::WriteDisposition {
                agent,
                call,
                disposition,
            } => self.write_disposition(agent, call, disposition),
            Command::Keep(place) => self.book.keep(&place),
            Command::Forget(call) => self.book.forget(call),
            Command::Show { agent, shown } => self.show(agent, shown),
        }
    }

    fn order(&mut self, leg: Leg, command: impl FnOnce(LegId) -> signalling::Command) {
        if let Some(leg) = self.line_of(leg) {
            self.lines.carry_out(command(leg));
        }
    }

    pub(super) fn refuse(&mut self, leg: Leg, status: u16) {
        let retry_after = None;
        self.order(leg, |leg| signalling::Command::Refuse {
            leg,
            status,
            retry_after,
        });
    }

    /// Makes room for a leg's sound.
    pub(super) fn open_session(&mut self, leg: LegId) -> Option<Session> {
        let mut key = [0; MasterKey::OCTETS];
        if let Err(error) = getrandom::fill(&mut key) {
            tracing::error!(%error, "The system has no randomness");
            return None;
        }
        match self.plane.open(media_leg(leg)) {
            Ok(address) => Some(Session::new(leg.number(), address, key, self.rules)),
            Err(error) => {
                tracing::error!(%error, "A call finds no room for its sound");
                None
            }
        }
    }

    fn dial(
        &mut self,
        leg: Leg,
        callee: Callee,
        from: Personal<String>,
        call: CallId,
        request: Option<String>,
    ) {
        let account = match &callee {
            Callee::Account(account) => Some(account.clone()),
            Callee::Number(_) => None,
        };
        let to = match (callee, &self.trunk) {
            (Callee::Account(account), _) => Target::Account(account),
            (Callee::Number(number), Some(trunk)) => {
                let uri = format!("sip:{}@{trunk}", number.reveal());
                Target::Uri(Personal::new(uri))
            }
            (Callee::Number(_), None) => {
                let status = NO_WAY_OUT;
                return self.events.push(Event::Refused { leg, status });
            }
        };
        let id = self.lines.new_leg();
        let Some(mut session) = self.open_session(id) else {
            let status = NO_ROOM;
            return self.events.push(Event::Refused { leg, status });
        };
        let offer = session.offer();
        let line = Line {
            leg,
            account,
            session: Some(session),
            offered: None,
            early: None,
            vanished: false,
        };
        self.legs.insert(id, line);
        if let Leg::Dialed(number) = leg {
            self.dialed.insert(number, id);
        }
        self.lines
            .carry_out(signalling::Command::Call(Box::new(signalling::Call {
                leg: id,
                to,
                from,
                display: None,
                offer,
                request,
                headers: vec![("X-Minwon-Call".to_owned(), call.0.to_string())],
            })));
    }

    fn hear(&mut self, leg: Leg, sources: &BTreeSet<Leg>) {
        let lines = sources.iter().filter_map(|it| self.line_of(*it));
        let sources: BTreeSet<plane::LegId> = lines.map(media_leg).collect();
        self.sound(leg, |plane, leg| plane.hears(leg, sources));
    }

    fn say(&mut self, leg: Leg, words: &[Words], language: &str) {
        match self.voice.say(words, language) {
            Some(prompt) => {
                self.sound(leg, |plane, leg| plane.play(leg, prompt, Repeat::Once));
            }
            None => {
                tracing::error!(?words, language, "A sentence is missing");
                self.events.push(Event::PlayedOut { leg });
            }
        }
    }

    fn sound(
        &mut self,
        leg: Leg,
        work: impl FnOnce(&mut media::local::LocalPlane, plane::LegId) -> Result<(), PlaneError>,
    ) {
        let Some(id) = self.line_of(leg) else {
            return;
        };
        if let Err(error) = work(&mut self.plane, media_leg(id)) {
            tracing::warn!(leg = %id, %error, "A leg's sound could not be changed");
        }
    }

    fn record(&mut self, call: CallId, caller: Leg, heard: &BTreeSet<Leg>) {
        let heard = heard.iter().filter_map(|it| self.line_of(*it));
        let heard = heard.map(media_leg).collect();
        let Some(caller) = self.line_of(caller).map(media_leg) else {
            return;
        };
        match self
            .plane
            .record(RecordingId(call.0), Tracks { caller, heard })
        {
            Ok(()) => drop(self.recordings.insert(call.0)),
            Err(error) => tracing::error!(call = call.0, %error, "A talk is not recorded"),
        }
    }

    fn recording(
        &mut self,
        call: CallId,
        work: impl FnOnce(&mut media::local::LocalPlane, RecordingId) -> Result<(), PlaneError>,
    ) {
        if self.recordings.contains(&call.0)
            && let Err(error) = work(&mut self.plane, RecordingId(call.0))
        {
            tracing::error!(call = call.0, %error, "A recording could not be changed");
        }
    }
}

fn pause(reason: &PauseReason) -> plane::PauseReason {
    match reason {
        PauseReason::Sensitive(Sensitive::Card) => plane::PauseReason::Card,
        PauseReason::Sensitive(Sensitive::AgentsWish) => plane::PauseReason::AgentsWish,
        PauseReason::Sensitive(Sensitive::ResidentNumber) => plane::PauseReason::ResidentNumber,
        PauseReason::CallerAway => plane::PauseReason::Hold,
    }
}
