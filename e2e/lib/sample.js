// A made-up law of ordinary size: 120 articles in 10 chapters, about 15,000 words.

const SENTENCES = [
  "Cơ quan, tổ chức, cá nhân có quyền và nghĩa vụ theo quy định của Luật này và pháp luật có liên quan.",
  "Ủy ban nhân dân các cấp, trong phạm vi nhiệm vụ, quyền hạn của mình, có trách nhiệm tổ chức thực hiện.",
  "Hồ sơ được gửi trực tiếp, qua dịch vụ bưu chính hoặc qua Cổng dịch vụ công quốc gia.",
  "Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ, cơ quan có thẩm quyền trả lời bằng văn bản.",
  "Việc trả lời thực hiện theo khoản 1 Điều 45 của Luật này.",
  "Người có hành vi vi phạm thì tùy theo tính chất, mức độ mà bị xử lý theo quy định của pháp luật.",
];

const clause = (article, number) => {
  const text = [0, 1].map((step) => SENTENCES[(article + number + step) % SENTENCES.length]).join(" ");
  const points = number === 2 ? `\na) ${SENTENCES[article % 6]}\nb) ${SENTENCES[(article + 1) % 6]}\nđ) ${SENTENCES[(article + 2) % 6]}` : "";
  return `${number}. ${text}${points}`;
};

const article = (number) => {
  const clauses = number === 120 ? ["Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021."] : [1, 2, 3].map((n) => clause(number, n));
  return `Điều ${number}. ${number === 120 ? "Hiệu lực thi hành" : `Quy định mẫu thứ ${number}`}\n${clauses.join("\n")}`;
};

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

/** The text of the law, as a plain text file of a law site holds it. */
export function sampleLaw() {
  const chapters = ROMAN.map((roman, at) => {
    const articles = Array.from({ length: 12 }, (_, step) => article(at * 12 + step + 1));
    return `Chương ${roman}\nNỘI DUNG THỨ ${at + 1}\n${articles.join("\n")}`;
  });
  return `QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Luật số: 99/2020/QH14
Hà Nội, ngày 17 tháng 11 năm 2020

LUẬT
VĂN BẢN MẪU

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Văn bản mẫu.

${chapters.join("\n")}

Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 10 thông qua ngày 17 tháng 11 năm 2020.

CHỦ TỊCH QUỐC HỘI
Nguyễn Văn Mẫu
`;
}

const DECREE = "Nghị định số 10/2019/NĐ-CP ngày 01 tháng 12 năm 2019 của Chính phủ về mức thu mẫu";

const decree = (number, date, title, articles) => `CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: ${number}
Hà Nội, ${date}

NGHỊ ĐỊNH
${title}

Căn cứ Luật Tổ chức Chính phủ;
Chính phủ ban hành Nghị định.

${articles.join("\n")}

TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Văn Mẫu
`;

/** A decree, one that amends it, and one whose amendment cannot be placed: name of the file → text. */
export function sampleAmendments() {
  return {
    "nghi-dinh.txt": decree("10/2019/NĐ-CP", "ngày 01 tháng 12 năm 2019", "VỀ MỨC THU MẪU", [
      "Điều 1. Phạm vi\nNghị định này quy định mức thu mẫu.",
      "Điều 2. Mức thu\n1. Mức thu là 100 đồng.\n2. Người nộp được giảm một nửa.",
      "Điều 3. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2020.",
    ]),
    "nghi-dinh-sua-doi.txt": decree("20/2021/NĐ-CP", "ngày 01 tháng 3 năm 2021", `SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA ${DECREE}`, [
      `Điều 1. Sửa đổi, bổ sung một số điều của ${DECREE}\n1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Mức thu là 200 đồng.”\n2. Bãi bỏ khoản 2 Điều 2.\n3. Thay thế cụm từ “một nghìn đồng” bằng cụm từ “hai nghìn đồng” tại Điều 1.`,
      "Điều 2. Quy định chuyển tiếp\nKhoản thu phát sinh trước ngày Nghị định này có hiệu lực thì theo quy định cũ.",
      "Điều 3. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2021.",
    ]),
  };
}
