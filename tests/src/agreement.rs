//! What journal, money and paper say about a visit must be one story.

use std::time::{Duration, Instant};

use bench::cash_box::Holdings;
use request::{PaperState, ServiceRequest, Stage};

use crate::stand::Stand;

const SYNCED_WITHIN: Duration = Duration::from_secs(60);

impl Stand {
    pub fn holdings(&self) -> Holdings {
        self.bench.cash.with(|cash| cash.holdings())
    }

    /// What the citizen takes from tray and mouth, in won.
    pub fn take_money(&mut self) -> u32 {
        self.bench.cash.with(|cash| cash.take_out())
    }

    /// Checks the newest request against the real coins and sheets, and the
    /// exchange against the journal. `given_won` is what the citizen put in, or a card was
    /// charged with.
    pub fn assert_agreement(&mut self, given_won: u32) -> ServiceRequest {
        let request = self.request();
        assert!(
            matches!(request.stage, Stage::Closed(_)),
            "{} was left open: {:?}",
            request.id,
            request.stage
        );
        let money = &request.money;
        assert_eq!(money.available_won(), 0, "a closed request holds money");
        let returned = self.take_money();
        assert_eq!(
            returned + money.card.reversed_won,
            money.returned_won(),
            "the tray and the journal differ"
        );
        assert_eq!(
            given_won,
            money.captured_won + money.returned_won() + money.owed_won,
            "money was lost or found: {money:?}"
        );
        let issued = u32::try_from(request.paper.count(PaperState::Issued)).unwrap();
        let fee = request.fee.as_ref().map_or(0, |fee| fee.unit_won);
        assert_eq!(
            money.captured_won + money.waived_won,
            fee * issued,
            "what was issued and what was charged differ"
        );
        self.assert_sheets(&request);
        self.assert_exchange_knows(&request);
        request
    }

    /// `issued ≤ sheets ≤ begun`, by the numbers on the sheets in the tray.
    fn assert_sheets(&self, request: &ServiceRequest) {
        let sheets: Vec<String> = self.sheets().into_iter().map(|(name, _)| name).collect();
        for (document, state) in &request.paper.documents {
            let number = document.number.as_str();
            let printed = sheets.iter().filter(|name| name.contains(number)).count();
            assert!(printed <= 1, "{number} came out {printed} times");
            if *state == PaperState::Issued {
                assert_eq!(printed, 1, "{number} counts as issued");
            }
        }
    }

    /// Once the outbox is empty, a number is valid exactly when it was issued.
    fn assert_exchange_knows(&self, request: &ServiceRequest) {
        let given_up = Instant::now() + SYNCED_WITHIN;
        while !self.outbox_is_empty() {
            assert!(Instant::now() < given_up, "the outbox is not emptied");
            std::thread::sleep(Duration::from_millis(50));
        }
        for (document, state) in &request.paper.documents {
            let number = document.number.as_str();
            let wanted = match state {
                PaperState::Issued => "valid",
                PaperState::Ready | PaperState::Begun | PaperState::Spoiled => "void",
            };
            assert_eq!(self.office.status(number), wanted, "{number} is {state:?}");
        }
    }
}
