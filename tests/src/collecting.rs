//! Whoever comes with a code: read aloud by an agent, or printed on a ticket.

use bench::people::Person;
use kiosk::visit::view::Screen;

use crate::stand::Stand;

impl Stand {
    /// Types a code; answers the screen that comes of it.
    pub fn show_code(&mut self, code: &str) -> Screen {
        self.wait_for("welcome");
        self.touch("시작하기");
        self.wait_for("find");
        self.touch("접수증·환불증이 있어요");
        self.wait_for("ticket-code");
        self.type_digits(code);
        self.touch("다 입력했어요");
        let told = self.wait_until("the exchange has answered", |view| {
            matches!(&view.screen, Screen::Ticket(_) | Screen::Failed(_))
        });
        told.screen
    }

    /// Types a code and takes up the kiosk's offer; answers what it costs, in won.
    pub fn collect(&mut self, code: &str) -> u32 {
        let Screen::Ticket(offer) = self.show_code(code) else {
            panic!("the code is not honored");
        };
        self.touch("지금 찾기");
        self.wait_until("the offer is taken up", |view| {
            view.screen.name() != "ticket"
        });
        offer.amount_won
    }

    /// Says who one is, by card and number.
    pub fn show_card(&mut self, person: Person) {
        self.wait_for("insert-card");
        self.insert_card(person);
        self.wait_for("resident-number");
        self.type_digits(person.resident_number);
        self.touch("다 입력했어요");
    }
}
