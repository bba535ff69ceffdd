//! Where the citizen wants a document to go: agency, purpose and consent, one after
//! another.

use privacy::Personal;

use super::{
    Consent, DeliveryEnd, Recipient, Sending, SendingCommand, SendingNotice, SendingTouch, Wanted,
};

/// As many as have a key.
pub(super) const SHOWN_MOST: usize = 9;
/// Characters of a purpose; what the exchange takes.
const PURPOSE_MAX: usize = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Step {
    #[default]
    Agency,
    Purpose,
    Consent,
}

#[derive(Default)]
pub(super) struct Wish {
    pub(super) step: Step,
    /// Part of the agency's name.
    pub(super) sought: Personal<String>,
    pub(super) selected: usize,
    pub(super) agency: Option<Recipient>,
    pub(super) purpose: Personal<String>,
    pub(super) consent: Option<Consent>,
}

impl Wish {
    /// The agency is known; what for is asked.
    pub(super) fn to(agency: Recipient) -> Self {
        Self {
            step: Step::Purpose,
            agency: Some(agency),
            ..Self::default()
        }
    }

    /// Agencies that answer to what is sought, in either language.
    pub(super) fn fitting<'a>(&self, recipients: Option<&'a [Recipient]>) -> Vec<&'a Recipient> {
        let sought = self.sought.reveal().trim();
        let fits = |name: &str| sought.is_empty() || typing::matches(name, sought);
        let all = recipients.unwrap_or_default().iter();
        all.filter(|it| fits(&it.title.ko) || fits(&it.title.en))
            .collect()
    }
}

impl Sending {
    pub(super) fn wishing(&mut self, touch: SendingTouch) {
        let step = self.paper.as_ref().and_then(|it| it.wish.as_ref());
        match step.map(|it| it.step) {
            None => {}
            Some(Step::Agency) => self.choosing(touch),
            Some(Step::Purpose) => self.naming_purpose(touch),
            Some(Step::Consent) => self.consenting(&touch),
        }
    }

    fn wish(&mut self) -> Option<&mut Wish> {
        self.paper.as_mut()?.wish.as_mut()
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn choosing(&mut self, touch: SendingTouch) {
        let recipients = self.recipients.as_deref();
        let Some(paper) = &mut self.paper else {
            return;
        };
        let Some(wish) = &mut paper.wish else {
            return;
        };
        let last = wish.fitting(recipients).len().min(SHOWN_MOST);
        let last = last.saturating_sub(1);
        match touch {
            SendingTouch::Agency(sought) => {
                wish.sought = sought;
                wish.selected = 0;
            }
            SendingTouch::Up => wish.selected = wish.selected.saturating_sub(1),
            SendingTouch::Down => wish.selected = (wish.selected + 1).min(last),
            SendingTouch::Select(row) => wish.selected = row.min(last),
            SendingTouch::Pick(row) if row <= last => {
                wish.selected = row;
                self.choose();
            }
            SendingTouch::Next => self.choose(),
            SendingTouch::LookAgain => self.ask_recipients(),
            SendingTouch::Back => self.forget_wish(),
            _ => {}
        }
    }

    /// Where the document went already is worth going back to.
    fn forget_wish(&mut self) {
        match &mut self.paper {
            Some(paper) if !paper.deliveries.is_empty() => paper.stop_wishing(),
            _ => self.leave_paper(),
        }
    }

    /// Takes the chosen agency, unless the document went there.
    fn choose(&mut self) {
        let recipients = self.recipients.as_deref();
        let Some(paper) = &mut self.paper else {
            return;
        };
        let wish = paper.wish.as_ref();
        let fitting = wish.map(|it| (it.fitting(recipients), it.selected));
        let chosen = fitting.and_then(|(all, selected)| all.get(selected).copied());
        let Some(chosen) = chosen.cloned() else {
            self.notice = Some(SendingNotice::Agency);
            return;
        };
        match paper.at(&chosen.id).map(|it| it.end) {
            Some(None) => self.notice = Some(SendingNotice::OnItsWay),
            Some(Some(DeliveryEnd::Delivered)) => self.notice = Some(SendingNotice::Delivered),
            Some(Some(DeliveryEnd::Expired)) => self.notice = Some(SendingNotice::Expired),
            None | Some(Some(DeliveryEnd::Refused | DeliveryEnd::Void)) => {
                if let Some(wish) = &mut paper.wish {
                    // A consent is for one agency.
                    wish.consent = None;
                    wish.agency = Some(chosen);
                    wish.step = Step::Purpose;
                }
            }
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn naming_purpose(&mut self, touch: SendingTouch) {
        let Some(wish) = self.wish() else {
            return;
        };
        match touch {
            SendingTouch::Purpose(purpose) => {
                // A consent is for one purpose.
                wish.consent = None;
                wish.purpose = purpose;
            }
            SendingTouch::Next if wish.purpose.is_blank() => {
                self.notice = Some(SendingNotice::NoPurpose);
            }
            SendingTouch::Next if wish.purpose.chars() > PURPOSE_MAX => {
                self.notice = Some(SendingNotice::LongPurpose);
            }
            SendingTouch::Next => wish.step = Step::Consent,
            SendingTouch::Back => wish.step = Step::Agency,
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn consenting(&mut self, touch: &SendingTouch) {
        let Some(wish) = self.wish() else {
            return;
        };
        match touch {
            SendingTouch::Consented => wish.consent = Some(Consent::ReadAloud),
            SendingTouch::Pick(place) => {
                if let Some(consent) = Consent::ALL.get(*place) {
                    wish.consent = Some(*consent);
                }
            }
            SendingTouch::Declined => self.forget_wish(),
            SendingTouch::Next => self.send(),
            SendingTouch::Back => wish.step = Step::Purpose,
            _ => {}
        }
    }

    fn send(&mut self) {
        let Some(paper) = &self.paper else {
            return;
        };
        let wish = paper.wish.as_ref();
        let agreed = wish.and_then(|it| Some((it.agency.as_ref()?, &it.purpose, it.consent?)));
        let Some((agency, purpose, consent)) = agreed else {
            self.notice = Some(SendingNotice::NoConsent);
            return;
        };
        let wanted = Wanted {
            number: paper.number.clone(),
            recipient: agency.id.clone(),
            purpose: purpose.clone(),
            consent,
        };
        self.busy = true;
        self.commands.push_back(SendingCommand::Send(wanted));
    }
}
