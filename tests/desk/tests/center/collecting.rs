//! Whoever comes to a kiosk with a code that was read aloud.

use bench::people::Person;
use kiosk::visit::view::Screen;
use tests::stand::Stand;

/// Types the code that was read aloud and takes up the kiosk's offer.
pub(crate) fn collect(stand: &mut Stand, code: &str) -> u32 {
    let Screen::Ticket(offer) = show_code(stand, code) else {
        panic!("the code is not honored");
    };
    stand.touch("지금 찾기");
    stand.wait_until("the offer is taken up", |view| {
        view.screen.name() != "ticket"
    });
    offer.amount_won
}

/// What the kiosk says of a code.
pub(crate) fn show_code(stand: &mut Stand, code: &str) -> Screen {
    stand.wait_for("welcome");
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("접수증·환불증이 있어요");
    stand.wait_for("ticket-code");
    stand.type_digits(code);
    stand.touch("다 입력했어요");
    let told = stand.wait_until("the exchange has answered", |view| {
        matches!(&view.screen, Screen::Ticket(_) | Screen::Failed(_))
    });
    told.screen
}

pub(crate) fn show_card(stand: &mut Stand, person: Person) {
    stand.wait_for("insert-card");
    stand.insert_card(person);
    stand.wait_for("resident-number");
    stand.type_digits(person.resident_number);
    stand.touch("다 입력했어요");
}
