//! From "that is right" to the code that any kiosk honors.

use request::Action;

use super::{Preparation, PreparationCommand, Prepared, step::Step};

impl Preparation {
    /// Hands the request to the exchange and lets its caller go with a code, as a
    /// kiosk does with a claim ticket.
    pub(super) fn submit(&mut self) {
        if !self.want_messages() {
            return;
        }
        let Some(request) = &self.draft.request else {
            return;
        };
        let code = self.tickets.claim_code(request.id.as_str());
        let ticket = code.digits();
        let done = self.act(Action::Submit)
            && self.act(Action::Queue { ticket })
            && self.act(Action::Close);
        let Some(request) = self.draft.request.as_ref().filter(|_| done) else {
            return;
        };
        let prepared = Prepared {
            request: request.id.clone(),
            service: request.service.clone(),
            copies: request.copies,
            fee_won: request.total_won(),
            code: code.clone(),
            applicant: request.applicant.clone(),
        };
        self.commands
            .push_back(PreparationCommand::Prepared(Box::new(prepared)));
        self.draft.code = Some(code);
        self.step = Step::Reading { group: 0 };
    }
}
