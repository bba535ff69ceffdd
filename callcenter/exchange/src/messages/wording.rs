//! What text messages say. A telephone may lie open on a table: they name no
//! service and nobody.

#[cfg(test)]
mod tests;

use ledger::Occasion;
use privacy::Personal;
use request::{IdentityLevel, ServiceRequest};
use ticket::in_groups;

/// One message long: 70 letters of UTF-16, or 160 of the GSM alphabet (3GPP TS 23.038).
pub(super) fn text(occasion: Occasion, request: &ServiceRequest) -> Personal<String> {
    let korean = request.language == "ko";
    let card = request.terms.identity > IdentityLevel::None;
    let code = in_groups(request.claim_ticket.as_deref().unwrap_or_default());
    let text = match (occasion, korean, card) {
        (Occasion::Accepted, true, true) => {
            format!("[민원] 신청을 받았습니다. 찾는 번호 {code} 무인민원발급기에서 주민등록증으로 찾으세요.")
        }
        (Occasion::Accepted, true, false) => {
            format!("[민원] 신청을 받았습니다. 찾는 번호 {code} 가까운 무인민원발급기에서 찾으세요.")
        }
        (Occasion::Accepted, false, true) => {
            format!("Minwon: your request was taken. Code {code}. Collect it at any kiosk with your resident card.")
        }
        (Occasion::Accepted, false, false) => {
            format!("Minwon: your request was taken. Code {code}. Collect it at any kiosk.")
        }
        (Occasion::Ready, true, true) => {
            "[민원] 신청하신 서류가 준비되었습니다. 접수증과 주민등록증을 가지고 무인민원발급기로 오세요.".to_owned()
        }
        (Occasion::Ready, true, false) => {
            "[민원] 신청하신 서류가 준비되었습니다. 접수증을 가지고 무인민원발급기로 오세요.".to_owned()
        }
        (Occasion::Ready, false, true) => {
            "Minwon: what you asked for is ready. Come to any kiosk with your ticket and your resident card.".to_owned()
        }
        (Occasion::Ready, false, false) => {
            "Minwon: what you asked for is ready. Come to any kiosk with your ticket.".to_owned()
        }
        (Occasion::Declined, true, _) => {
            "[민원] 신청하신 서류를 내드릴 수 없습니다. 까닭은 민원 콜센터에 전화하시면 알려 드립니다.".to_owned()
        }
        (Occasion::Declined, false, _) => {
            "Minwon: what you asked for cannot be issued. Call the service centre to learn why.".to_owned()
        }
    };
    Personal::new(text)
}
