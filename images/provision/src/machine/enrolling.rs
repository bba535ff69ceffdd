//! Which station the machine is, and the certificate that says so.

use request::{StationId, Timestamp};

use super::{At, Command, Provisioning};
use crate::{
    labelling::Labelling,
    testing,
    view::{Enrolment, EnrolmentProblem},
};

impl Provisioning {
    pub(super) fn ask_for_label(&mut self) {
        let site = self.site.iter();
        let stations = site.flat_map(|it| it.stations_of(&self.model));
        let stations = stations.map(|it| it.station.clone()).collect();
        self.book.code = None;
        self.at = At::Label(Labelling::new(stations));
    }

    pub(super) fn labelled(&mut self, station: StationId, code: String) {
        self.book.station = Some(station);
        self.book.code = Some(code);
        self.keep();
        self.enrol();
    }

    pub(super) fn claim(&self) -> Option<(StationId, String)> {
        self.book.station.clone().zip(self.book.code.clone())
    }

    pub(super) fn enrol(&mut self) {
        if let Some((station, code)) = self.claim() {
            self.at = At::Enrolment(Enrolment::Asking);
            self.commands.push_back(Command::Enrol { station, code });
        }
    }

    pub(super) fn enrol_by_paper(&mut self) {
        if let Some((station, code)) = self.claim() {
            self.at = At::Enrolment(Enrolment::ByPaper {
                printed: false,
                problem: false,
            });
            self.commands
                .push_back(Command::PrintRequest { station, code });
        }
    }

    pub(super) fn scanned(&mut self, text: String, now: Timestamp) {
        if let At::Label(labelling) = &mut self.at {
            if let Some((station, code)) = labelling.scanned(&text) {
                self.labelled(station, code);
            }
        } else if matches!(self.at, At::Enrolment(Enrolment::ByPaper { .. })) {
            self.commands.push_back(Command::TakeCertificate(text));
        } else if matches!(self.at, At::SelfTest(_)) {
            let event = testing::Event::Found {
                what: "barcode-reader".to_owned(),
                well: true,
                detail: String::new(),
            };
            self.tested(event, now);
        }
    }

    pub(super) fn enrolled(&mut self, result: Result<(), EnrolmentProblem>, now: Timestamp) {
        let At::Enrolment(enrolment) = &mut self.at else {
            return;
        };
        match (result, &enrolment) {
            (Ok(()), _) => {
                self.book.enrolled = true;
                self.book.code = None;
                self.keep();
                self.test(now);
            }
            (Err(_), Enrolment::ByPaper { printed, .. }) => {
                *enrolment = Enrolment::ByPaper {
                    printed: *printed,
                    problem: true,
                };
            }
            (Err(problem), _) => *enrolment = Enrolment::Failed(problem),
        }
    }
}
