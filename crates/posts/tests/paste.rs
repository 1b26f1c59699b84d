//! What Word and Google Docs put on the clipboard, as they write it, comes out clean.

use posts::{clean, marks};

const WORD: &str = r#"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal, li.MsoNormal {margin:0in; font-family:"Times New Roman",serif;} @page WordSection1 {size:8.5in 11.0in;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<h2>Đăng ký <i>kết hôn</i><o:p></o:p></h2>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span lang=VI style='font-size:14.0pt'>Nam</span></b><span lang=VI
style='font-size:14.0pt'> từ đủ 20&nbsp;tuổi,
nữ từ đủ <span style='mso-spacerun:yes'>  </span>18 tuổi.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Tờ khai<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Căn cước <a href="https://dichvucong.gov.vn/"><span style='color:blue'>nộp trực tuyến</span></a></p>
<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal><b>Việc</b></p></td><td><p class=MsoNormal>Hạn</p></td></tr>
<tr><td><p class=MsoNormal>Khai sinh</p></td><td><p class=MsoNormal>60 ngày</p><p class=MsoNormal>từ ngày sinh</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<!--EndFragment--></body></html>"#;

const DOCS: &str = r#"<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-3f1c2a90-7fff-1a2b-3c4d-5e6f708192a3"><h2 dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;font-family:Arial,sans-serif;font-weight:400;">Đăng ký kết hôn</span></h2><p dir="ltr" style="line-height:1.38;"><span style="font-weight:700;white-space:pre-wrap;">Nam</span><span style="font-weight:400;font-style:italic;white-space:pre-wrap;"> từ đủ</span><span style="font-weight:400;white-space:pre-wrap;"> 20 tuổi.</span></p><br /><ol style="margin-top:0;"><li dir="ltr" style="list-style-type:decimal;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Tờ khai</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><a href="https://www.google.com/url?q=https://dichvucong.gov.vn/p?a%3D1&amp;sa=D&amp;source=editors" style="text-decoration:none;"><span style="color:#1155cc;">Nộp trực tuyến</span></a></p></li></ol></b><br class="Apple-interchange-newline">"#;

#[test]
fn word_comes_out_clean() {
    assert_eq!(
        marks::write(&clean::read(WORD)),
        "## Đăng ký *kết hôn*\n\n**Nam** từ đủ 20 tuổi, nữ từ đủ 18 tuổi.\n\n- Tờ khai\n- Căn cước [nộp trực tuyến](https://dichvucong.gov.vn/)\n\n| **Việc** | Hạn |\n| Khai sinh | 60 ngày từ ngày sinh |\n"
    );
}

/// Word's lists of several kinds, a table in a cell, a tracked change and a remark in the margin.
const HARD: &str = r#"<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Ý <st1:place>Hà Nội</st1:place></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Bước một</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Bước hai</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>đ)<span>&nbsp; </span></span>Điểm đ</p>
<p class=MsoNormal style='mso-list:none'>Đoạn thường</p>
<table><tr><td><p>Việc</p></td><td>Hạn</td></tr><tr><td><p>Nộp đơn</p></td><td><p>3 ngày</p><table><tr><td>nơi ở</td><td>nơi làm</td></tr></table></td></tr></table>
<table><tr><td>Việc</td><td colspan=2>Hạn</td></tr><tr><td rowspan=2>Nộp đơn</td><td>3 ngày</td><td>xã</td></tr><tr><td>5 ngày</td><td>tỉnh</td></tr></table>
<p class=MsoNormal>Theo <ins cite="mailto:x">Điều 20</ins><del cite="mailto:x">Điều 21</del><span class=MsoCommentReference>[A1]</span></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Chỗ này chưa chắc.</p></div></div>"#;

#[test]
fn hard_word_loses_nothing_and_adds_nothing() {
    assert_eq!(
        marks::write(&clean::read(HARD)),
        "- Ý Hà Nội\n\n1. Bước một\n2. Bước hai\n\nđ) Điểm đ\n\nĐoạn thường\n\n| Việc | Hạn |\n\
         | Nộp đơn | 3 ngày nơi ở nơi làm |\n\n| Việc | Hạn |  |\n| Nộp đơn | 3 ngày | xã |\n|  | 5 ngày | tỉnh |\n\n\
         Theo Điều 20\n"
    );
}

#[test]
fn google_docs_comes_out_clean() {
    assert_eq!(
        marks::write(&clean::read(DOCS)),
        "## Đăng ký kết hôn\n\n**Nam*** từ đủ* 20 tuổi.\n\n1. Tờ khai\n2. [Nộp trực tuyến](https://dichvucong.gov.vn/p?a=1)\n"
    );
}

#[test]
fn what_was_cleaned_reads_the_same_again() {
    for html in [WORD, DOCS, HARD] {
        let blocks = clean::read(html);
        assert_eq!(marks::read(&marks::write(&blocks)), blocks);
    }
}

#[test]
fn depth_and_breakage_do_no_harm() {
    let deep = format!(
        "{}x{}",
        "<div><ul><li><b>".repeat(5_000),
        "</i></td>".repeat(5_000)
    );
    assert_eq!(marks::write(&clean::read(&deep)), "- **x**\n");
    assert_eq!(marks::write(&clean::read("<p>a<p>b</table>c<td>d")), "a\n\nbcd\n");
}
