//! Which guide light shines beside which screen: the one at the place where the citizen is to do
//! something now, or to take something.

use devices::lights::{FlashRate, Light, Lights};

use crate::{
    maintenance::view::Page,
    visit::view::{InsertCard, Means, MoneyOutcome, Screen},
};

/// Of all lights only what the screen is about is lit.
pub(crate) fn guide_lights(screen: &Screen) -> Lights {
    let dark = Lights::default();
    let flashing = |light| dark.with(light, FlashRate::Medium);
    match screen {
        Screen::InsertCard(InsertCard::Waiting | InsertCard::Refused(_)) => {
            flashing(Light::CardReader)
        }
        Screen::InsertCard(InsertCard::Reading) => {
            dark.with(Light::CardReader, FlashRate::Continuous)
        }
        // A card that is left is the dearest thing to lose here.
        Screen::TakeCard => dark.with(Light::CardReader, FlashRate::Quick),
        Screen::HoldPaper(holding) if holding.may_scan => flashing(Light::Scanner),
        Screen::TicketCode(entry) if entry.scanner => flashing(Light::Scanner),
        Screen::Pay(pay) if pay.means == Some(Means::Cash) => flashing(Light::Cash),
        Screen::TakePaper(paper) if paper.reminded => {
            dark.with(Light::DocumentPrinter, FlashRate::Quick)
        }
        Screen::TakePaper(_) => flashing(Light::DocumentPrinter),
        // Whether a sheet lies there is what is asked.
        Screen::PaperQuestion(question) if !question.void => {
            dark.with(Light::DocumentPrinter, FlashRate::Slow)
        }
        Screen::Accepted(accepted) if accepted.printed => flashing(Light::ReceiptPrinter),
        Screen::Failed(failed) if matches!(failed.money, MoneyOutcome::Owed { .. }) => {
            flashing(Light::ReceiptPrinter)
        }
        Screen::Farewell(farewell) => {
            let card = match farewell.card_taken {
                true => FlashRate::Off,
                false => FlashRate::Quick,
            };
            let receipt = match farewell.receipt_printed {
                true => FlashRate::Medium,
                false => FlashRate::Off,
            };
            dark.with(Light::CardReader, card)
                .with(Light::ReceiptPrinter, receipt)
        }
        Screen::Upkeep(upkeep) if upkeep.page == Page::Called => flashing(Light::CardReader),
        Screen::Welcome(_)
        | Screen::Find(_)
        | Screen::Topic(_)
        | Screen::Search(_)
        | Screen::Holdings(_)
        | Screen::Holding(_)
        | Screen::BoardTopics(_)
        | Screen::BoardPage(_)
        | Screen::BoardWriting(_)
        | Screen::BoardPosted(_)
        | Screen::Service(_)
        | Screen::TicketCode(_)
        | Screen::HoldPaper(_)
        | Screen::PaperNumber(_)
        | Screen::PaperTold(_)
        | Screen::Ticket(_)
        | Screen::Standing(_)
        | Screen::Accepted(_)
        | Screen::Telephone(_)
        | Screen::ResidentNumber(_)
        | Screen::Check(_)
        | Screen::Question(_)
        | Screen::Options(_)
        | Screen::Consent(_)
        | Screen::Review(_)
        | Screen::Basket(_)
        | Screen::Pay(_)
        | Screen::PayByCard(_)
        | Screen::Working(_)
        | Screen::PaperQuestion(_)
        | Screen::Receipt
        | Screen::Failed(_)
        | Screen::OutOfService(_)
        | Screen::Upkeep(_) => dark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::view::{
        CardRefusal, CodeEntry, Failed, FailureReason, Farewell, MeansState, PaperHolding,
        PaperQuestion, Pay, TakePaper, Trouble,
    };

    fn pay(means: Option<Means>) -> Screen {
        Screen::Pay(Pay {
            amount_won: 400,
            inserted_won: 0,
            means,
            cash: MeansState::Available,
            card: MeansState::Available,
            change: true,
            refusal: None,
            why: String::new(),
            returning: false,
        })
    }

    fn paper(reminded: bool) -> Screen {
        Screen::TakePaper(TakePaper {
            copies: 1,
            pages: 1,
            document_numbers: Vec::new(),
            reminded,
        })
    }

    fn question(void: bool) -> Screen {
        Screen::PaperQuestion(PaperQuestion {
            number: String::new(),
            void,
            paid: true,
        })
    }

    fn code(scanner: bool) -> Screen {
        Screen::TicketCode(CodeEntry {
            shown: String::new(),
            digits: 0,
            refusal: None,
            scanner,
        })
    }

    fn holding(may_scan: bool) -> Screen {
        Screen::HoldPaper(PaperHolding {
            may_scan,
            may_type: true,
            unreadable: false,
        })
    }

    fn failed(money: MoneyOutcome) -> Screen {
        Screen::Failed(Failed {
            reason: FailureReason::NoChange,
            money,
            code: String::new(),
            request: None,
            accepted_at: None,
            may_retry: false,
        })
    }

    #[test]
    fn the_light_beside_what_is_to_be_done_flashes_and_no_other() {
        use FlashRate::{Continuous, Medium, Quick, Slow};
        use Light::{CardReader, Cash, DocumentPrinter, ReceiptPrinter, Scanner};
        let owed = MoneyOutcome::Owed {
            amount_won: 300,
            ticket: "1234".to_owned(),
        };
        let refused = InsertCard::Refused(CardRefusal::Unreadable);
        let farewell = |receipt_printed, card_taken| {
            Screen::Farewell(Farewell {
                receipt_printed,
                card_taken,
            })
        };
        let table: &[(Screen, &[(Light, FlashRate)])] = &[
            (
                Screen::InsertCard(InsertCard::Waiting),
                &[(CardReader, Medium)],
            ),
            (Screen::InsertCard(refused), &[(CardReader, Medium)]),
            (
                Screen::InsertCard(InsertCard::Reading),
                &[(CardReader, Continuous)],
            ),
            (Screen::TakeCard, &[(CardReader, Quick)]),
            (holding(true), &[(Scanner, Medium)]),
            (holding(false), &[]),
            (code(true), &[(Scanner, Medium)]),
            (code(false), &[]),
            (pay(Some(Means::Cash)), &[(Cash, Medium)]),
            (pay(Some(Means::Card)), &[]),
            (pay(None), &[]),
            (paper(false), &[(DocumentPrinter, Medium)]),
            (paper(true), &[(DocumentPrinter, Quick)]),
            (question(false), &[(DocumentPrinter, Slow)]),
            (question(true), &[]),
            (failed(owed), &[(ReceiptPrinter, Medium)]),
            (failed(MoneyOutcome::NotAsked), &[]),
            (farewell(true, true), &[(ReceiptPrinter, Medium)]),
            (farewell(false, false), &[(CardReader, Quick)]),
            (farewell(false, true), &[]),
            (Screen::Receipt, &[]),
            (Screen::Working(Vec::new()), &[]),
            (Screen::OutOfService(Trouble::Cabinet), &[]),
        ];
        for (screen, lit) in table {
            let lit = lit.iter().fold(Lights::default(), |lights, (light, rate)| {
                lights.with(*light, *rate)
            });
            assert_eq!(guide_lights(screen), lit, "{screen:?}");
        }
    }
}
