//! How a check is opened: written down, then the register is asked, then questions
//! are drawn.

use std::time::Instant;

use catalog::{Network, Service, TwoPersonCheck};
use ledger::{NewCheck, Tries};
use p256::elliptic_curve::rand_core::{OsRng, RngCore};
use request::{Applicant, CheckId, StationId};
use vouching::{
    Check, CheckEnding, CheckFact, CheckOpening, CheckRefusal, Drawn, NotDrawn, OpenedFor,
};

use super::OpenChecks;
use crate::{
    connector::{Connector, Refused},
    http::Problem,
    issue::Issuer,
};

/// Where the record comes from.
struct Source<'a> {
    plan: &'a TwoPersonCheck,
    service: &'a Service,
    network: &'a Network,
}

impl OpenChecks {
    /// Opens a check of who somebody is; asked again for the same person and request,
    /// it is the same check.
    pub(crate) async fn open(
        &self,
        issuer: &Issuer,
        kiosk: &StationId,
        opening: CheckOpening,
    ) -> Result<CheckId, Problem> {
        let source = source(issuer, &opening).map_err(Problem::Check)?;
        let subject = self.store.check_subject(&opening.resident_number)?;
        if let Some(check) = self.take_up(kiosk, &opening, subject)? {
            return Ok(check);
        }
        let new = NewCheck {
            check: self.name(),
            kiosk: kiosk.clone(),
            request: opening.request.clone(),
            service: opening.service.clone(),
            subject,
        };
        let opened = CheckFact::Opened {
            kiosk: kiosk.clone(),
            request: opening.request.clone(),
            service: opening.service.clone(),
            consent: opening.consent.clone(),
        };
        let bounds = source.plan.bounds;
        let tries = Tries {
            per_number: bounds.tries_per_number,
            per_kiosk: bounds.tries_per_kiosk,
        };
        self.store
            .open_check(&new, &opened, tries, self.clock.now())?
            .map_err(Problem::Check)?;
        let check = new.check;
        tracing::info!(%check, %kiosk, "A two-person check was opened");
        let applicant = Applicant {
            name: opening.name,
            resident_number: opening.resident_number,
        };
        let access = issuer.catalog.access_to(source.network);
        let open = access.is_open_at(self.clock.now().local());
        let drawn = match open {
            true => source.draw(&issuer.connector, &check, &applicant).await,
            false => Err(CheckEnding::NetworkAway),
        };
        let drawn = match drawn {
            Ok(drawn) => drawn,
            Err(by) => {
                let ended = [CheckFact::Ended { by }];
                self.store
                    .append_to_check(&check, &ended, self.clock.now())?;
                return Err(Problem::Check(refusal(by)));
            }
        };
        let opened = OpenedFor {
            kiosk: kiosk.clone(),
            request: opening.request,
            service: opening.service,
        };
        let begun = Check::new(check.clone(), opened, bounds, drawn.len());
        self.checks()
            .begin(begun, opening.language, drawn, &bounds, Instant::now());
        self.bell.ring();
        Ok(check)
    }

    /// The request's check that is under way, if it is the same person's; another
    /// person's is over.
    fn take_up(
        &self,
        kiosk: &StationId,
        opening: &CheckOpening,
        subject: ledger::Subject,
    ) -> Result<Option<CheckId>, Problem> {
        let mut checks = self.checks();
        let Some(before) = checks.of_request(kiosk, &opening.request).cloned() else {
            let full = checks.is_full();
            return match full {
                true => Err(Problem::Check(CheckRefusal::Full)),
                false => Ok(None),
            };
        };
        if self.store.is_check_of(&before, subject)? {
            return Ok(Some(before));
        }
        let by = CheckEnding::Left;
        self.write_down(&mut checks, &before, &[CheckFact::Ended { by }])?;
        Ok(None)
    }
}

fn source<'a>(issuer: &'a Issuer, opening: &CheckOpening) -> Result<Source<'a>, CheckRefusal> {
    let catalog = &issuer.catalog;
    let offered = catalog.service(&opening.service);
    if !offered.is_some_and(|it| it.two_persons) {
        return Err(CheckRefusal::NotOffered);
    }
    let plan = catalog.two_persons().ok_or(CheckRefusal::NotOffered)?;
    let service = catalog.service(&plan.service);
    let service = service.ok_or(CheckRefusal::NotOffered)?;
    let network = catalog.network(&service.network);
    Ok(Source {
        plan,
        service,
        network: network.ok_or(CheckRefusal::NotOffered)?,
    })
}

impl Source<'_> {
    async fn draw(
        &self,
        connector: &Connector,
        check: &CheckId,
        applicant: &Applicant,
    ) -> Result<Vec<Drawn>, CheckEnding> {
        let asked = connector.ask_about(self.network, self.service, check, applicant);
        let record = asked.await.map_err(|refused| match refused {
            Refused::NoSuchRecord => CheckEnding::NoSuchPerson,
            Refused::Malformed | Refused::Fault(_) => CheckEnding::NetworkAway,
        })?;
        let drawn = vouching::draw(self.plan, &record, applicant, OsRng.next_u64());
        drawn.map_err(|not| match not {
            NotDrawn::SomebodyElse => CheckEnding::NoSuchPerson,
            NotDrawn::TooFewQuestions => CheckEnding::TooFewQuestions,
        })
    }
}

fn refusal(by: CheckEnding) -> CheckRefusal {
    match by {
        CheckEnding::NoSuchPerson => CheckRefusal::NoSuchPerson,
        CheckEnding::TooFewQuestions => CheckRefusal::TooFewQuestions,
        CheckEnding::NetworkAway => CheckRefusal::NetworkAway,
        CheckEnding::WrongAnswers
        | CheckEnding::Refused(_)
        | CheckEnding::Overruled(_)
        | CheckEnding::Left
        | CheckEnding::KioskSilent
        | CheckEnding::TimeUp
        | CheckEnding::Interrupted => CheckRefusal::Gone,
    }
}
