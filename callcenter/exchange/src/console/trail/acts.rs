//! Deeds of the audit in Korean, and what they were about where that is no name. They
//! stand there in English, which is what is bound; one that is not known here is shown as
//! it stands.

use crate::web::Language;

const ACTS: [(&str, &str); 59] = [
    ("signed in at", "로그인함"),
    ("signed out of", "로그아웃함"),
    ("refused a sign-in of", "로그인을 거절함"),
    ("was refused to", "거절됨"),
    ("announced to", "알림을 전함"),
    ("is about to announce a notice to", "공지하려고 함"),
    ("is about to announce close to", "업무를 멈추게 하려고 함"),
    ("is about to announce open to", "업무를 다시 열게 하려고 함"),
    ("is about to announce restart to", "다시 시작하게 하려고 함"),
    ("decides, having checked on site,", "근거: 현장에서 확인함"),
    (
        "decides, as the operator confirmed,",
        "근거: 운영자가 확인함",
    ),
    ("decides, having compared by hand,", "근거: 기록을 대조함"),
    ("applied wedged entry", "보류된 기록을 받아들임"),
    ("discarded wedged entry", "보류된 기록을 버림"),
    ("released from quarantine", "격리를 풂"),
    ("quarantined", "격리함"),
    ("began a journal of", "기록부를 새로 시작함"),
    ("asks for a whole copy of", "전체 백업을 시작하려고 함"),
    ("is about to strike off the roster", "명부에서 지우려고 함"),
    ("struck off the roster", "명부에서 지움"),
    ("added as viewer", "운영자로 추가함: 보기 담당"),
    ("added as operator", "운영자로 추가함: 운영 담당"),
    ("added as administrator", "운영자로 추가함: 관리자"),
    ("made viewer", "역할을 바꿈: 보기 담당"),
    ("made operator", "역할을 바꿈: 운영 담당"),
    ("made administrator", "역할을 바꿈: 관리자"),
    ("gave a passphrase to", "암호 문구를 바꿈"),
    ("struck off operator", "운영자를 지움"),
    ("rolls out the release", "이미지 판을 배포함"),
    ("stopped the rollout of", "이미지 판 배포를 멈춤"),
    ("orders the machine (restart) of", "장비를 다시 시작하게 함"),
    ("orders the machine (bundle) of", "진단 자료를 보내게 함"),
    ("brought into service", "기기를 설치함"),
    ("renewed the certificate of", "인증서를 새로 줌"),
    ("keeps a recovery key of", "디스크 복구 키를 맡아 둠"),
    ("takes the recovery keys of", "디스크 복구 키를 꺼냄"),
    ("granted lease", "발급 한도를 줌"),
    ("paid out", "환불금을 내줌"),
    ("read", "민원을 읽음"),
    ("read a file of", "민원의 파일을 읽음"),
    ("found done", "한 일로 확인함"),
    ("found not done", "하지 않은 일로 확인함"),
    ("read the answer to", "민원의 답변을 읽음"),
    ("read archive", "보존 기록을 읽음"),
    ("read disposals", "폐기 기록을 읽음"),
    ("read training", "교육 기록을 읽음"),
    ("read postings", "기다리는 게시글을 읽음"),
    ("published posting", "게시글을 게시함"),
    ("refused posting", "게시글을 거절함"),
    ("taken_down posting", "게시글을 내림"),
    ("tell stations something", "기기에 알리기"),
    ("settle what waits", "보류된 기록 처리"),
    ("start a backup", "백업 시작"),
    ("strike somebody off the roster", "명부에서 지우기"),
    ("roll out a release", "이미지 판 배포"),
    ("change operators", "운영자 바꾸기"),
    ("change the passphrase", "암호 문구 바꾸기"),
    (
        "use a form that is not of this session",
        "다른 곳의 양식 쓰기",
    ),
    ("nobody of that name", "없는 이름"),
];

pub(super) fn told(act: &str, language: Language) -> &str {
    let korean = ACTS.iter().find(|(known, _)| *known == act);
    language.say(korean.map_or(act, |(_, korean)| *korean), act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::role::Act;

    #[test]
    fn a_known_deed_is_told_in_korean_and_any_other_as_it_stands() {
        assert_eq!(told("quarantined", Language::Korean), "격리함");
        assert_eq!(told("quarantined", Language::English), "quarantined");
        assert_eq!(told("<b>mended", Language::Korean), "<b>mended");
    }

    #[test]
    fn whatever_a_role_may_not_is_told_in_korean() {
        for act in Act::ALL {
            let words = act.in_words();
            assert_ne!(told(words, Language::Korean), words);
        }
    }

    #[test]
    fn each_deed_is_known_once() {
        for (index, (act, _)) in ACTS.iter().enumerate() {
            let again = ACTS.iter().skip(index + 1).any(|(it, _)| it == act);
            assert!(!again, "{act}");
        }
    }
}
