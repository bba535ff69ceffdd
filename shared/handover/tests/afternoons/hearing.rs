//! What both ends tell whoever sits or stands there, and the witness who listens.

use handover::{AttendantCommand, AttendantReport, HostCommand, HostReport};

use super::{
    exchange::Question,
    people::Standing,
    world::{Desk, Kiosk, World},
};

impl World {
    pub(super) fn hear_kiosk(&mut self, index: usize) {
        while let Some(command) = self.kiosks[index].host.poll_command() {
            let Kiosk {
                id, boot, standing, ..
            } = &mut self.kiosks[index];
            let report = match command {
                HostCommand::Ask(attempt, question) => {
                    let (id, boot) = (id.clone(), *boot);
                    self.send(id, boot, attempt, Question::Kiosk(question));
                    continue;
                }
                HostCommand::Report(report) => report,
            };
            let room = standing.room.clone();
            match (report, room) {
                (HostReport::Joined { .. }, Some(room)) => {
                    standing.joined = true;
                    self.witness.joined(&room);
                }
                (HostReport::Proposed(it), Some(room)) => {
                    standing.proposal = Some(it.proposal);
                    self.witness.asked(&room, it.proposal);
                }
                (HostReport::TakenBack, _) => standing.proposal = None,
                (HostReport::Heard(text), Some(room)) => {
                    self.witness.heard(&room, false, text.text().reveal());
                }
                (HostReport::Ended(_), _) => *standing = Standing::default(),
                _ => {}
            }
        }
    }

    pub(super) fn hear_desk(&mut self, index: usize) {
        while let Some(command) = self.desks[index].attendant.poll_command() {
            let Desk {
                id, boot, sitting, ..
            } = &mut self.desks[index];
            let report = match command {
                AttendantCommand::Ask(attempt, question) => {
                    let (id, boot) = (id.clone(), *boot);
                    self.send(id, boot, attempt, Question::Desk(question));
                    continue;
                }
                AttendantCommand::Report(report) => report,
            };
            let room = sitting.room.clone();
            match (report, room) {
                (AttendantReport::Waiting(rooms), _) => {
                    sitting.waiting = rooms.into_iter().map(|it| it.room).collect();
                }
                (AttendantReport::Taken(room), _) => {
                    self.count.helped += 1;
                    sitting.room = Some(room);
                }
                (AttendantReport::NotTaken(_), _) => sitting.waiting.clear(),
                (AttendantReport::Saw(form), Some(room)) => {
                    self.witness.saw(&room, id, &form);
                }
                (AttendantReport::Confirmed(it), Some(room)) => {
                    self.witness.told(&room, it.proposal, true);
                }
                (AttendantReport::Declined(it), Some(room)) => {
                    self.witness.told(&room, it.proposal, false);
                }
                (AttendantReport::Heard(text), Some(room)) => {
                    self.witness.heard(&room, true, text.text().reveal());
                }
                (AttendantReport::Ended, _) => sitting.room = None,
                _ => {}
            }
        }
    }
}
