"""Names of persons, Chinese ones in characters and in Pinyin among them. In: texts; out: where names stand in them.

A word is no name because it could be one: 江山 is a landscape, "HeLa" begins with the surname He. In characters, surname and given name
must both be common as such, and the word must stand alone; in Pinyin, and of initials, a single text proves nothing: a column does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .personal import Hit, apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["find_names", "initials", "is_name", "may_name", "pinyin_names"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The 150 most frequent surnames cover some 90 % of the people (Ministry of Public Security of China, national report on names, 2021).
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎"
    "段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤张陳楊黃趙吳馬鄭許韓馮鄧蘇盧葉呂錢嚴龍劉張孫譚陸"
)
_DOUBLE: Final = ("欧阳", "司马", "上官", "诸葛", "慕容", "皇甫", "令狐", "司徒", "夏侯", "尉迟", "東方", "东方", "歐陽")
# Characters that given names end in; words that end in others (血, 病, 省, 法, 度 …) are none.
_GIVEN: Final = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红华文辉建国庆志燕玲梅琴云莲真雪荣爱妹莺媛瑞凡佳嘉琼勤珍贞莉娣璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓仪"
    "荷丹蓉眉君蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔凝晓欢霄枫芸菲伊可姬舒影荔思毅俊峰保东永健世广义兴良山波贵福生元全胜学祥才发武新清飞彬富"
    "顺信成康星光达安岩茂进坚和彪博诚先敬震振壮会豪心邦承乐绍功松善厚裕河哲江浩亮政谦亨奇固翰朗伯宏言若鸣朋斌栋维启克伦翔旭鹏泽晨辰士家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘宇"
    "轩涵梓然诺雨桐萱霖睿凯晗琪彤洁慧淑惠珠翠雅芝娥凤芬香月花春仙巧美娇霜素爱兵虎根宝喜财旺三四五偉麗強軍艷傑濤蘭剛紅華輝國慶蓮榮愛"
)
# Words of sheets that are made of a surname and such a character.
_WORDS: Final = _words(
    """高中 高山 高明 高清 高兴 高原 高峰 高龙 江山 江河 白天 白光 白花 白河 白雪 白玉 白山 白云 黄山 黄河 黄金 黄花 黄玉 石河
    石家 石英 金山 金华 金星 金花 金桂 周三 周四 周五 周天 林芝 林海 马山 马家 武安 武山 龙山 龙江 龙泉 龙泽 钟山 钟家 向心
    向东 向阳 方向 方言 方可 余江 江安 江东 万元 万全 万家 万宁 严明 严冰 毛发 毛花 陶冶 汤山 叶片 叶家 于洪 于是 田家 田东
    田园 苏武 苏家 夏天 夏家 丁香 任意 任何 许可 程序 范文 韩文 金文 唐山 唐河 宋明 安康 平安 健康 华东 华南 石棉 雷山 莫名
    史学 段家 温江 何时 郑东 陆河 陆生 陆家 顾家 卢旺 马来"""
)
# Words that stand behind a name as its sample's kind end the name.
_HAN: Final = re.compile(r"(?:(?!术[前后]|治疗|肿瘤|组织|样本|样品|正常|对照|癌|血|母亲|父亲)[\u3400-\u9fff])+")
_TITLED: Final = re.compile(
    r"(?:患者|病人|受试者|受检者|姓名|捐献者|供者)\s*[:：为叫是]?\s*(?P<n>[\u4e00-\u9fff]{2,4}?)(?=的|[^\u4e00-\u9fff]|$)"
    r"|\b(?:Mr|Mrs|Ms|Miss)\b\.?\s+(?P<e>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)


def _is_chinese(word: str) -> bool:
    """Tell whether a word of Chinese characters is a surname and a given name."""
    double = word.startswith(_DOUBLE)
    given = word[2:] if double else word[1:]
    return (double or word[0] in _SURNAMES) and 1 <= len(given) <= 2 and given[-1] in _GIVEN and word not in _WORDS


def find_names(text: str) -> list[Hit]:
    """Find names of persons that a text shows by itself.

    Parameters
    ----------
    text
        A title, the name of a sample or of a file, or a description.

    Returns
    -------
    list of Hit
        Words of two to four Chinese characters that stand alone and are a common surname and a given name; names behind 患者, 姓名,
        Mr or Ms. [] where there is none.

    Examples
    --------
    >>> [text[h.start:h.end] for text in ["王小明-肝癌_R1.fq.gz", "患者李娜的血样", "seen by Mrs Smith"] for h in find_names(text)]
    ['王小明', '李娜', 'Smith']
    >>> [text[h.start:h.end] for text in ["刘洋术前", "S张伟血样1"] for h in find_names(text)]
    ['刘洋', '张伟']
    >>> [find_names(text) for text in ["高血压", "江苏省", "白血病人", "肝癌组织", "高山", "HeLa"]]
    [[], [], [], [], [], []]
    """
    found: list[Hit] = []
    if not text.isascii():
        found += (
            Hit("name", "a name in Chinese characters", *m.span()) for m in _HAN.finditer(text) if 2 <= len(m[0]) <= 4 and _is_chinese(m[0])
        )
    for m in _TITLED.finditer(text):
        group = "n" if m["n"] else "e"
        if group == "e" or _is_chinese(m["n"]):
            found.append(Hit("name", "a name behind a word such as 患者 or Mr", *m.span(group)))
    return apart(found)


# --- where the header says so

_NAME: Final = re.compile(r"[^\W\d_]+(?:[ .'’·•-]{1,2}[^\W\d_]+){0,4}\.?")
_NO_NAME: Final = _words(
    """none unknown na nan nil null yes no male female case control patient donor subject healthy normal tumor tumour human
    anonymous withheld restricted missing sample individual blood tissue other self mother father sibling child proband 无 未知 男 女
    患者 对照 健康 匿名 正常 保密 母亲 父亲 本人"""
)


def is_name(text: str) -> bool:
    """Tell whether a text under a header such as 姓名 or 'patient name' is a name or its initials, rather than a code.

    Examples
    --------
    >>> is_name("张三"), is_name("O'Neil, Mary"), is_name("ZXM"), is_name("欧阳·娜娜")
    (True, True, True, True)
    >>> is_name("P001"), is_name("unknown"), is_name("control"), is_name("S-17")
    (False, False, False, False)
    """
    plain = text.strip().replace(",", " ")
    words = plain.casefold().split()
    if not words or len(plain) > 60 or any(w in _NO_NAME for w in words):
        return False
    return _NAME.fullmatch(re.sub(r"\s+", " ", plain)) is not None


# --- what a column of texts shows

# Surnames of the same report in Pinyin, two-letter forms of foreign spellings left out.
_PINYIN: Final = sorted(
    _words(
        """ouyang zhuang chang cheng huang jiang liang shang sheng xiang xiong zhang zheng zhong zhuge bian chai chen deng ding dong
        duan fang feng geng gong guan hong jian jiao jing kang kong liao ling long meng miao ning pang peng qian qiao rong ruan shao
        shen sima song tang tian tong wang weng xiao xing yang yuan zeng zhao zhou bai bao cai cao cen chu cui dai fan fei gao guo
        han hao hou hua huo jia jin lei lin liu lou luo mao mei nie niu pan qin qiu ren shi sun tan tao wan wei wen xia xie xin xue
        yan yao yin you yue zhu zou ai an bi du fu ge gu he hu ji ke li lu lv ma mo qi qu su wu xu ye yu"""
    ),
    key=lambda word: (-len(word), word),
)
_SYLLABLE: Final = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia"
    r"|ie|iu|ua|ui|uo|ue|er|a|o|e|i|u|v)"
)
_FAMILY: Final = "|".join(map(str.capitalize, _PINYIN))
# ZhangSan, Zhang_San; San Zhang with something between the two.
_CAMEL: Final = re.compile(
    rf"(?<![A-Za-z])(?:(?P<s>{_FAMILY})[ _.-]?(?=[A-Z])(?i:{_SYLLABLE}){{1,2}}"
    rf"|(?=[A-Z])(?i:{_SYLLABLE}){{1,2}}[ _.-](?P<t>{_FAMILY}))(?![A-Za-z])"
)
# zhangsan, ZHANGSAN: words of many kinds begin like this, so that a column of them must show more.
_PLAIN: Final = re.compile(rf"(?<![A-Za-z])(?i:(?P<s>{'|'.join(_PINYIN)})(?:{_SYLLABLE}){{1,2}})(?![A-Za-z])")
# Places whose names are made as names of persons are: provinces and large cities.
_PLACES: Final = _words(
    """wuhan shenzhen xian lanzhou shanghai guangzhou hangzhou suzhou jinan jinhua taian taiyuan kunming fuzhou hefei changsha chengdu
    chongqing dalian dongguan foshan guiyang haikou harbin jilin jiangsu jiangxi hunan hubei hebei henan hainan anhui fujian shanxi shandong
    yunnan guizhou gansu qinghai ningbo ningxia nanjing nanning nanchang tianjin tangshan weifang wenzhou wuxi xiamen xining xinjiang xuzhou
    yantai yangzhou yinchuan zhengzhou zhuhai zhejiang hongkong macau taiwan luoyang linyi lijiang liuzhou guilin huainan maanshan yichang
    heilongjiang liaoning shijiazhuang lhasa urumqi baotou handan langfang cangzhou baoding jiaxing shaoxing taizhou quanzhou
    zhongshan huizhou"""
)
_SHORT: Final = re.compile(r"(?<![A-Za-z])(?P<n>[A-HJ-TW-Z]{2,3})(?=[-_. 0-9]|$)")
# Codes of groups and materials, which columns of samples are full of.
_CODES: Final = _words(
    """DNA RNA WGS WES CNV SNP QC NC PC NK DC HC CTL CON WT KO KD OE NT TN TP FF PB BM LN LV RV CSF BAL CRC HCC AML ALL CML CLL MDS
    GBM ESC NSC MSC LPS PBS DMS ER PR HR CR PD SD CD RA MS AD ALS SS SSC SLE T TT TR NR PRE R RR REP BR TB FB EC SC TC BC AC GC
    CC PT LT NL NN NP NM MM MT FT"""
)
# So many different names, and such a share of the texts, are what codes and words do not reach by chance: two or three letters that
# all may begin a syllable are (23/26)^2.5 likely, eight different ones 5 %.
_LEAST_NAMES: Final = 3
_LEAST_INITIALS: Final = 8
_SHARE: Final = 0.5
# Of more texts than this, a part is looked at first; a column of names shows one in four at the least.
_SAMPLE: Final = 24
_LONGEST: Final = 60
_BLANKS: Final = 4
# What a text must have for a search in it to be worth its time.
_WORD: Final = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]+[ _.-]?[A-Z][a-z]|[A-Za-z]{4,14}(?![A-Za-z])|[A-Z]{2,3}(?![A-Za-z]))")


def _likely(texts: Sequence[str], shows: Callable[[str], object]) -> bool:
    """Tell by one text in so many whether it is worth looking at all of them; sentences are no names."""
    some = texts[:: max(1, len(texts) // _SAMPLE)]
    return sum(len(t) <= _LONGEST and shows(t) is not None for t in some) * 4 >= len(some)


def may_name(texts: Sequence[str]) -> bool:
    """Tell by some texts of a column whether it may be one of names or initials: a look that costs little.

    Examples
    --------
    >>> may_name(["LiNa", "ZhangSan"]), may_name(["LXM-1", "ZH-2"]), may_name(["S001", "S002"] * 40)
    (True, True, False)
    """
    some = [t for t in texts[:: max(1, len(texts) // _SAMPLE)] if t]
    return sum(t.count(" ") <= _BLANKS and _WORD.search(t) is not None for t in some) * 4 >= len(some) > 0


def pinyin_names(texts: Sequence[str], *, certain: bool = False) -> dict[str, Hit]:
    """Find names in Pinyin (ZhangSan, Li_Na) that the texts of a column hold, text by text.

    Parameters
    ----------
    texts
        The distinct texts of a column.
    certain
        True where the column is known to hold such names: then each text speaks for itself.

    Returns
    -------
    dict
        Text to hit; empty where fewer than three names, or fewer than half of the texts, are such, or all have one surname. Without
        capitals (zhangsan) five names, four surnames and four fifths of the texts are asked for.

    Examples
    --------
    >>> [t[h.start:h.end] for t, h in pinyin_names(["ZhangSan_T", "LiNa_T", "Wang_Xiaoming_N", "S4"]).items()]
    ['ZhangSan', 'LiNa', 'Wang_Xiaoming']
    >>> len(pinyin_names(["zhangwei_T", "lijing_T", "wangfang", "liuyang", "chenjie"]))
    5
    >>> pinyin_names(["wuhan", "jinan", "lanzhou", "xian", "yantai"])
    {}
    >>> pinyin_names(["HeLa_1", "HeLa_2", "HeLa_3"]), pinyin_names(["LiNa_T", "S1", "S2", "S3"])
    ({}, {})
    """
    for pattern, least, families, share in ((_CAMEL, _LEAST_NAMES, 2, _SHARE), (_PLAIN, 5, 4, 0.8)):
        if not certain and not _likely(texts, pattern.search):
            continue
        found = {t: m for t in texts if (m := pattern.search(t)) is not None and m[0].lower() not in _PLACES}
        surnames = {(m["s"] or m["t"] if pattern is _CAMEL else m["s"]).lower() for m in found.values()}
        many = len({m[0] for m in found.values()}) >= least and len(surnames) >= families and len(found) >= share * len(texts)
        if many or (certain and found):
            return {t: Hit("name", "a name in Pinyin", *m.span()) for t, m in found.items()}
    return {}


def initials(texts: Sequence[str], *, certain: bool = False, least: int = _LEAST_INITIALS) -> dict[str, Hit]:
    """Find what may be initials of Pinyin names (ZXM, LH) in the texts of a column: a doubt, no certainty.

    Parameters
    ----------
    texts
        The distinct texts of a column.
    certain
        True where the column is known to hold such names: then each text speaks for itself.
    least
        How many different ones are asked for; fewer where the header speaks of names.

    Returns
    -------
    dict
        Text to hit; empty where there are fewer different ones, where they are less than nine tenths of the texts, or where
        one of them stands in many texts, as the code of a group does.

    Examples
    --------
    >>> names = ["ZXM", "LH", "WJG", "CYQ", "LXY", "ZQ", "HWB", "GLL"]
    >>> len(initials([f"{n}_T" for n in names])), initials(["CTL1", "CTL2", "ADX1"]), initials([f"{n}{i}" for n in names for i in range(9)])
    (8, {}, {})
    """
    if not certain and not _likely(texts, _SHORT.match):
        return {}
    found = {t: m for t in texts if (m := _SHORT.match(t)) is not None and m["n"] not in _CODES}
    often = [m["n"] for m in found.values()]
    few = len(set(often)) < least or len(found) < 0.9 * len(texts) or len(often) > 4 * len(set(often))
    if few and not certain:
        return {}
    return {t: Hit("initials", "what may be initials of a name", *m.span("n")) for t, m in found.items()}
