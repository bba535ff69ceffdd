//! What an office writes to people, in Korean and English.

use catalog::AcceptedService;
use request::RequestId;

/// Says nothing of what was written: with a forged sender a stranger could have
/// this office send his words to anybody.
pub(crate) fn acknowledgement(service: &AcceptedService, id: &RequestId) -> (String, String) {
    let days = service.answer_within_days;
    let (ko, en) = (&service.office.ko, &service.office.en);
    let subject = format!("[민원 접수] {id}");
    let text = format!(
        "{ko}입니다.\n\n보내신 민원을 접수했습니다.\n\n접수번호: {id}\n답변 기한: 접수한 날부터 근무일 {days}일 이내\n\n\
         물어보실 때 접수번호를 알려 주세요. 이 편지는 자동으로 보낸 것입니다.\n\
         민원을 보내신 적이 없다면 이 편지를 지우셔도 됩니다.\n\n\
         ----\n\n{en}\n\nYour petition has been received.\n\nReceipt number: {id}\n\
         You will be answered within {days} working days.\n\n\
         Give the receipt number when you ask about it. This letter was sent by a machine.\n\
         If you have sent no petition, you may delete it.\n"
    );
    (subject, text)
}

/// An agent's own words, and under them whose they are.
pub(crate) fn reply(service: &AcceptedService, id: &RequestId, words: &str) -> String {
    let (ko, en) = (&service.office.ko, &service.office.en);
    format!("{words}\n\n--\n{ko} ({en})\n접수번호 {id}\n")
}
