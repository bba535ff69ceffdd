//! The few words that the visit itself puts on a screen, in every language.
//!
//! All others stand in the screens, or come out of the catalogue.

use super::Language;

/// One thing to say, in the order of [`Language::ALL`].
pub(super) struct Phrase([&'static str; 6]);

impl Phrase {
    pub(super) fn in_language(&self, language: Language) -> &'static str {
        self.0[language as usize]
    }

    /// With a value in its place.
    pub(super) fn with(&self, value: &str, language: Language) -> String {
        self.in_language(language).replace("{}", value)
    }
}

pub(super) const FREE: Phrase = Phrase(["무료", "Free", "免费", "Miễn phí", "無料", "مجاناً"]);
pub(super) const WON: Phrase = Phrase(["{}원", "{} won", "{}韩元", "{} won", "{}ウォン", "{} وون"]);
pub(super) const APPLICANT: Phrase = Phrase([
    "신청인",
    "Applicant",
    "申请人",
    "Người yêu cầu",
    "申請者",
    "مقدّم الطلب",
]);
pub(super) const FEE: Phrase = Phrase(["수수료", "Fee", "手续费", "Lệ phí", "手数料", "الرسم"]);
pub(super) const COPIES: Phrase = Phrase(["부수", "Copies", "份数", "Số bản", "部数", "عدد النسخ"]);
pub(super) const SO_MANY_COPIES: Phrase = Phrase(["{}부", "{}", "{}份", "{}", "{}部", "{}"]);
pub(super) const ANSWERED_WITHIN: Phrase = Phrase([
    "접수한 날부터 근무일 {}일 이내에 답변해요",
    "Answered within {} working days",
    "自受理之日起{}个工作日内答复",
    "Trả lời trong vòng {} ngày làm việc",
    "受付から{}営業日以内に回答します",
    "الرد خلال {} من أيام العمل",
]);

pub(super) const HOW_WAS_THE_ANSWER: Phrase = Phrase([
    "답변이 어땠나요?",
    "How was the answer?",
    "您对答复满意吗？",
    "Bạn thấy câu trả lời thế nào?",
    "回答はいかがでしたか？",
    "كيف كان الرد؟",
]);
pub(super) const RATED_ONCE: Phrase = Phrase([
    "한 번만 평가할 수 있어요",
    "You can rate it once",
    "只能评价一次",
    "Bạn chỉ đánh giá được một lần",
    "評価は一度だけできます",
    "يمكنك تقييمه مرة واحدة",
]);
/// The best first.
pub(super) const RATINGS: [Phrase; 5] = [
    Phrase([
        "매우 만족해요",
        "Very satisfied",
        "非常满意",
        "Rất hài lòng",
        "とても満足",
        "راضٍ جداً",
    ]),
    Phrase(["만족해요", "Satisfied", "满意", "Hài lòng", "満足", "راضٍ"]),
    Phrase([
        "보통이에요",
        "Neither",
        "一般",
        "Bình thường",
        "ふつう",
        "متوسط",
    ]),
    Phrase([
        "아쉬워요",
        "Dissatisfied",
        "不满意",
        "Không hài lòng",
        "不満",
        "غير راضٍ",
    ]),
    Phrase([
        "매우 아쉬워요",
        "Very dissatisfied",
        "非常不满意",
        "Rất không hài lòng",
        "とても不満",
        "غير راضٍ إطلاقاً",
    ]),
];
pub(super) const APPEAL: Phrase = Phrase([
    "이의신청",
    "Appeal",
    "提出异议",
    "Khiếu nại",
    "異議申し立て",
    "اعتراض",
]);
pub(super) const WHAT_IS_WRONG: Phrase = Phrase([
    "무엇이 잘못되었는지 써 주세요. 다른 부서에서 다시 살펴봐요",
    "What is wrong with the answer? Another office looks at it anew",
    "请写明答复有什么问题。由另一个部门重新审查",
    "Câu trả lời sai ở đâu? Một văn phòng khác sẽ xem xét lại",
    "何が間違っているかお書きください。別の部署が見直します",
    "ما الخطأ في الرد؟ ينظر فيه مكتب آخر من جديد",
]);

pub(super) const RECEIVED: Phrase = Phrase([
    "접수했어요",
    "Received",
    "已受理",
    "Đã tiếp nhận",
    "受け付けました",
    "تم الاستلام",
]);
pub(super) const ROUTED: Phrase = Phrase([
    "담당 부서로 보냈어요",
    "Sent to an office",
    "已转到主管部门",
    "Đã chuyển đến văn phòng phụ trách",
    "担当部署に送りました",
    "أُرسل إلى مكتب",
]);
pub(super) const TRANSFERRED: Phrase = Phrase([
    "다른 부서로 넘겼어요",
    "Handed over to another office",
    "已移交其他部门",
    "Đã chuyển sang văn phòng khác",
    "別の部署に引き継ぎました",
    "أُحيل إلى مكتب آخر",
]);
pub(super) const EXTENDED: Phrase = Phrase([
    "처리 기한을 늘렸어요",
    "The due date was extended",
    "已延长办理期限",
    "Đã gia hạn xử lý",
    "処理期限を延ばしました",
    "مُدّد الموعد",
]);
pub(super) const JOINED: Phrase = Phrase([
    "같은 내용의 민원과 함께 처리해요",
    "Handled together with others of the same kind",
    "与同类诉求合并处理",
    "Xử lý cùng các đơn tương tự",
    "同じ内容の申し立てと一緒に処理します",
    "يُعالج مع طلبات مماثلة",
]);
pub(super) const SEPARATED: Phrase = Phrase([
    "따로 처리해요",
    "Handled by itself",
    "单独处理",
    "Xử lý riêng",
    "個別に処理します",
    "يُعالج على حدة",
]);
pub(super) const ANSWERED: Phrase = Phrase([
    "답변했어요",
    "Answered",
    "已答复",
    "Đã trả lời",
    "回答しました",
    "تم الرد",
]);
pub(super) const RATED: Phrase = Phrase([
    "평가해 주셨어요",
    "Rated",
    "已评价",
    "Đã đánh giá",
    "評価されました",
    "تم التقييم",
]);
pub(super) const APPEALED: Phrase = Phrase([
    "이의신청을 받았어요",
    "Appealed against",
    "已提出异议",
    "Đã nhận khiếu nại",
    "異議を受け付けました",
    "قُدّم اعتراض",
]);
pub(super) const CONCLUDED: Phrase = Phrase([
    "끝났어요",
    "Ended",
    "已结束",
    "Đã kết thúc",
    "終了しました",
    "انتهى",
]);

pub(super) const ENTER_YOUR_NAME: Phrase = Phrase([
    "이름을 적어 주세요",
    "Enter your name",
    "请输入姓名",
    "Hãy nhập tên của bạn",
    "お名前を入力してください",
    "أدخل اسمك",
]);
pub(super) const NAME_AS_REGISTERED: Phrase = Phrase([
    "등록된 이름 그대로 띄어쓰기 없이 적어요. 예: 홍길동",
    "As it stands in the register, a Korean name in Korean letters, for example 홍길동",
    "与登记信息一致，韩文姓名请用韩文输入，例如 홍길동",
    "Đúng như trong sổ đăng ký; tên Hàn Quốc viết bằng chữ Hàn, ví dụ 홍길동",
    "登録どおりに。韓国名はハングルで入力してください。例：홍길동",
    "كما هو في السجل، والاسم الكوري بالحروف الكورية، مثل 홍길동",
]);
pub(super) const STAFF_ASKS: Phrase = Phrase([
    "직원이 물어요. 여기에 적어 주세요",
    "A member of staff asks. Please write your answer here",
    "工作人员提问，请在这里写下回答",
    "Nhân viên hỏi bạn. Vui lòng viết câu trả lời ở đây",
    "職員からの質問です。ここに答えを書いてください",
    "يسألك موظف. يُرجى كتابة إجابتك هنا",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_speaks_in_its_own_words() {
        let plain = [
            FREE,
            APPLICANT,
            FEE,
            COPIES,
            HOW_WAS_THE_ANSWER,
            RATED_ONCE,
            APPEAL,
            WHAT_IS_WRONG,
            RECEIVED,
            ROUTED,
            TRANSFERRED,
            EXTENDED,
            JOINED,
            SEPARATED,
            ANSWERED,
            RATED,
            APPEALED,
            CONCLUDED,
            ENTER_YOUR_NAME,
            NAME_AS_REGISTERED,
            STAFF_ASKS,
        ];

        for phrase in plain.iter().chain(&RATINGS) {
            for (at, words) in phrase.0.iter().enumerate() {
                assert!(!words.is_empty());
                assert!(!phrase.0[..at].contains(words), "{words}");
            }
        }
    }

    #[test]
    fn a_value_finds_its_place_in_every_language() {
        for phrase in [WON, SO_MANY_COPIES, ANSWERED_WITHIN] {
            for language in Language::ALL {
                assert!(phrase.with("12", language).contains("12"), "{language:?}");
            }
        }
        assert_eq!(WON.with("1,200", Language::Japanese), "1,200ウォン");
    }
}
