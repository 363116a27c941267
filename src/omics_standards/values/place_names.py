"""Names of countries, seas and regions: data for :mod:`.places`.

The list is that of the INSDC country qualifier
(https://www.insdc.org/submitting-standards/geo_loc_name-qualifier-vocabulary/, as ENA's templates of 2025 carry it);
what is not on it is another spelling of something that is. Codes are ISO 3166-1.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ALIASES", "AMBIGUOUS", "CHINESE_REGIONS", "CODES_3", "CONSTITUENTS", "COUNTRIES", "OCEANS", "SEAS", "STATES", "SUCCEEDED"]

COUNTRIES: Final = tuple(
    """Afghanistan|Albania|Algeria|American Samoa|Andorra|Angola|Anguilla|Antarctica|Antigua and Barbuda|Arctic Ocean|Argentina|Armenia
    |Aruba|Ashmore and Cartier Islands|Atlantic Ocean|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Baker Island|Baltic Sea|Bangladesh
    |Barbados|Bassas da India|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan|Bolivia|Borneo|Bosnia and Herzegovina|Botswana|Bouvet Island
    |Brazil|British Virgin Islands|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Cayman Islands
    |Central African Republic|Chad|Chile|China|Christmas Island|Clipperton Island|Cocos Islands|Colombia|Comoros|Cook Islands
    |Coral Sea Islands|Costa Rica|Cote d'Ivoire|Croatia|Cuba|Curacao|Cyprus|Czechia|Czech Republic|Democratic Republic of the Congo
    |Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia
    |Europa Island|Falkland Islands (Islas Malvinas)|Faroe Islands|Fiji|Finland|France|French Guiana|French Polynesia
    |French Southern and Antarctic Lands|Gabon|Gambia|Gaza Strip|Georgia|Germany|Ghana|Gibraltar|Glorioso Islands|Greece|Greenland
    |Grenada|Guadeloupe|Guam|Guatemala|Guernsey|Guinea|Guinea-Bissau|Guyana|Haiti|Heard Island and McDonald Islands|Honduras|Hong Kong
    |Howland Island|Hungary|Iceland|India|Indian Ocean|Indonesia|Iran|Iraq|Ireland|Isle of Man|Israel|Italy|Jamaica|Jan Mayen|Japan
    |Jarvis Island|Jersey|Johnston Atoll|Jordan|Juan de Nova Island|Kazakhstan|Kenya|Kerguelen Archipelago|Kingman Reef|Kiribati|Kosovo
    |Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Line Islands|Lithuania|Luxembourg|Macau|Madagascar|Malawi
    |Malaysia|Maldives|Mali|Malta|Marshall Islands|Martinique|Mauritania|Mauritius|Mayotte|Mediterranean Sea|Mexico
    |Micronesia, Federated States of|Midway Islands|Moldova|Monaco|Mongolia|Montenegro|Montserrat|Morocco|Mozambique|Myanmar|Namibia
    |Nauru|Navassa Island|Nepal|Netherlands|New Caledonia|New Zealand|Nicaragua|Niger|Nigeria|Niue|Norfolk Island|North Korea
    |North Macedonia|North Sea|Northern Mariana Islands|Norway|Oman|Pacific Ocean|Pakistan|Palau|Palmyra Atoll|Panama|Papua New Guinea
    |Paracel Islands|Paraguay|Peru|Philippines|Pitcairn Islands|Poland|Portugal|Puerto Rico|Qatar|Republic of the Congo|Reunion|Romania
    |Ross Sea|Russia|Rwanda|Saint Barthelemy|Saint Helena|Saint Kitts and Nevis|Saint Lucia|Saint Martin|Saint Pierre and Miquelon
    |Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone
    |Singapore|Sint Maarten|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Georgia and the South Sandwich Islands
    |South Korea|South Sudan|Southern Ocean|Spain|Spratly Islands|Sri Lanka|State of Palestine|Sudan|Suriname|Svalbard|Sweden|Switzerland
    |Syria|Taiwan|Tajikistan|Tanzania|Tasman Sea|Thailand|Timor-Leste|Togo|Tokelau|Tonga|Trinidad and Tobago|Tromelin Island|Tunisia
    |Turkey|Turkmenistan|Turks and Caicos Islands|Tuvalu|Uganda|Ukraine|United Arab Emirates|United Kingdom|Uruguay|USA|Uzbekistan
    |Vanuatu|Venezuela|Viet Nam|Virgin Islands|Wake Island|Wallis and Futuna|West Bank|Western Sahara|Yemen|Zambia|Zimbabwe""".replace(
        "\n    |", "|"
    ).split("|")
)
"""Names as the INSDC list spells them."""

ALIASES: Final[dict[str, str]] = {
    "Antarctica": "Antarctic|南极|南极洲",
    "Argentina": "Argentine|Argentinien|Argentine Republic|阿根廷",
    "Armenia": "Republic of Armenia",
    "Australia": "Australien|澳大利亚|澳洲",
    "Austria": "Österreich|Osterreich|奥地利",
    "Bahamas": "The Bahamas",
    "Bangladesh": "孟加拉国|孟加拉",
    "Belgium": "Belgien|Belgique|België|Belgie|比利时",
    "Bolivia": "Plurinational State of Bolivia|Bolivia (Plurinational State of)|玻利维亚",
    "Bosnia and Herzegovina": "Bosnia|Bosnia-Herzegovina|Bosnia & Herzegovina",
    "Brazil": "Brasil|Brasilien|巴西",
    "Brunei": "Brunei Darussalam",
    "Bulgaria": "保加利亚",
    "Cambodia": "Cambodge|柬埔寨",
    "Cameroon": "Cameroun|喀麦隆",
    "Canada": "Kanada|加拿大",
    "Cape Verde": "Cabo Verde",
    "Chile": "Chili|智利",
    "China": "PR China|P.R. China|P.R.China|PRC|P.R.C|People's Republic of China|Peoples Republic of China|The People's Republic of China"
    "|Mainland China|China mainland|中国|中华人民共和国|中国大陆",
    "Cocos Islands": "Cocos (Keeling) Islands",
    "Colombia": "哥伦比亚",
    "Cote d'Ivoire": "Ivory Coast|Côte d'Ivoire|Cote dIvoire|科特迪瓦",
    "Croatia": "Hrvatska|克罗地亚",
    "Cuba": "古巴",
    "Curacao": "Curaçao|Curacao Island",
    "Cyprus": "塞浦路斯",
    "Czechia": "Czech|Tschechien|Česká republika|Česko|捷克|捷克共和国",
    "Democratic Republic of the Congo": "DR Congo|DRC|D.R. Congo|Democratic Republic of Congo|Congo, Democratic Republic of the"
    "|Congo, The Democratic Republic of the|Congo-Kinshasa|Zaire|刚果民主共和国|刚果（金）",
    "Denmark": "Danmark|Dänemark|丹麦",
    "Ecuador": "厄瓜多尔",
    "Egypt": "Arab Republic of Egypt|埃及",
    "Estonia": "Eesti|Estland|爱沙尼亚",
    "Eswatini": "Swaziland",
    "Ethiopia": "埃塞俄比亚",
    "Falkland Islands (Islas Malvinas)": "Falkland Islands|Falklands|Islas Malvinas|Falkland Islands (Malvinas)",
    "Faroe Islands": "Faeroe Islands|Faroes|Faroe",
    "Finland": "Suomi|Finnland|芬兰",
    "France": "Frankreich|Francia|法国",
    "French Guiana": "Guyane|Guyane française",
    "Gambia": "The Gambia|冈比亚",
    "Georgia": "Georgia Republic|Republic of Georgia|Georgia (country)|格鲁吉亚",
    "Germany": "Deutschland|Allemagne|Federal Republic of Germany|Alemania|德国",
    "Ghana": "加纳",
    "Greece": "Hellas|Griechenland|希腊",
    "Greenland": "Kalaallit Nunaat|Grönland|格陵兰",
    "Hong Kong": "HongKong|Hong Kong SAR|Hong Kong S.A.R.|Hong Kong, China|香港|中国香港",
    "Hungary": "Ungarn|Magyarország|匈牙利",
    "Iceland": "Ísland|冰岛",
    "India": "Indien|Bharat|印度",
    "Indonesia": "印度尼西亚|印尼",
    "Iran": "Islamic Republic of Iran|Iran, Islamic Republic of|Iran (Islamic Republic of)|伊朗",
    "Iraq": "伊拉克",
    "Ireland": "Republic of Ireland|Irland|Éire|Eire|爱尔兰",
    "Israel": "以色列",
    "Italy": "Italia|Italien|Italie|意大利",
    "Japan": "Nippon|Nihon|日本|日本国",
    "Jordan": "约旦",
    "Kazakhstan": "哈萨克斯坦",
    "Kenya": "肯尼亚",
    "Kuwait": "科威特",
    "Kyrgyzstan": "Kyrgyz Republic|Kirgizstan|吉尔吉斯斯坦",
    "Laos": "Lao PDR|Lao|Lao People's Democratic Republic|老挝",
    "Latvia": "Lettland|Latvija|拉脱维亚",
    "Lebanon": "黎巴嫩",
    "Libya": "Libyan Arab Jamahiriya|利比亚",
    "Lithuania": "Litauen|Lietuva|立陶宛",
    "Luxembourg": "Luxemburg|卢森堡",
    "Macau": "Macao|Macau SAR|Macao SAR|Macau, China|Macao, China|澳门|中国澳门",
    "Madagascar": "马达加斯加",
    "Malaysia": "马来西亚",
    "Mexico": "México|Estados Unidos Mexicanos|墨西哥",
    "Micronesia, Federated States of": "Micronesia|Federated States of Micronesia|FSM",
    "Moldova": "Republic of Moldova|Moldova, Republic of",
    "Mongolia": "蒙古|蒙古国",
    "Morocco": "Maroc|摩洛哥",
    "Mozambique": "莫桑比克",
    "Myanmar": "Burma|缅甸",
    "Namibia": "纳米比亚",
    "Nepal": "尼泊尔",
    "Netherlands": "The Netherlands|Holland|Nederland|Niederlande|Pays-Bas|荷兰",
    "New Zealand": "NZ|Aotearoa|新西兰",
    "Nigeria": "尼日利亚",
    "North Korea": "Democratic People's Republic of Korea|Korea, Democratic People's Republic of|DPRK|DPR Korea|朝鲜",
    "North Macedonia": "Macedonia|Republic of Macedonia|Republic of North Macedonia|FYROM|Former Yugoslav Republic of Macedonia"
    "|The former Yugoslav Republic of Macedonia|Macedonia, the former Yugoslav Republic of",
    "Norway": "Norge|Norwegen|Noreg|挪威",
    "Pakistan": "巴基斯坦",
    "Panama": "Panamá|巴拿马",
    "Papua New Guinea": "PNG|巴布亚新几内亚",
    "Paraguay": "巴拉圭",
    "Peru": "Perú|秘鲁",
    "Philippines": "The Philippines|Philippine|Republic of the Philippines|菲律宾",
    "Poland": "Polen|Polska|波兰",
    "Portugal": "葡萄牙",
    "Puerto Rico": "Commonwealth of Puerto Rico|Porto Rico",
    "Qatar": "卡塔尔",
    "Republic of the Congo": "Republic of Congo|Congo-Brazzaville|Congo, Republic of the|刚果共和国|刚果（布）",
    "Reunion": "Réunion|La Réunion|La Reunion|Reunion Island|Île de la Réunion",
    "Romania": "Rumänien|România|罗马尼亚",
    "Russia": "Russian Federation|Russland|Rossiya|Россия|俄罗斯|俄国|俄罗斯联邦",
    "Rwanda": "卢旺达",
    "Saint Lucia": "St. Lucia",
    "Saint Helena": "St. Helena",
    "Sao Tome and Principe": "São Tomé and Príncipe",
    "Saudi Arabia": "Kingdom of Saudi Arabia|KSA|沙特阿拉伯|沙特",
    "Senegal": "Sénégal|塞内加尔",
    "Serbia": "塞尔维亚",
    "Singapore": "新加坡",
    "Slovakia": "Slovak Republic|斯洛伐克",
    "Slovenia": "Slovenija|斯洛文尼亚",
    "South Africa": "Republic of South Africa|RSA|Südafrika|南非",
    "South Georgia and the South Sandwich Islands": "South Georgia",
    "South Korea": "Republic of Korea|Korea, Republic of|Korea, South|Korea (South)|S. Korea|South-Korea|Korea (Republic of)|ROK|대한민국|한국|韩国",
    "Spain": "España|Espana|Spanien|Espagne|西班牙",
    "Sri Lanka": "斯里兰卡",
    "State of Palestine": "Palestine|Palestinian Territories|Occupied Palestinian Territory|巴勒斯坦",
    "Sudan": "苏丹",
    "Sweden": "Sverige|Schweden|瑞典",
    "Switzerland": "Schweiz|Suisse|Svizzera|Suiza|瑞士",
    "Syria": "Syrian Arab Republic|叙利亚",
    "Taiwan": "Taiwan, China|Taiwan, Province of China|Taiwan, ROC|台湾|中国台湾",
    "Tanzania": "United Republic of Tanzania|Tanzania, United Republic of|坦桑尼亚",
    "Thailand": "泰国",
    "Timor-Leste": "East Timor|Timor Leste",
    "Trinidad and Tobago": "Trinidad & Tobago",
    "Tunisia": "Tunisie|突尼斯",
    "Turkey": "Türkiye|Turkiye|Türkei|Republic of Turkey|土耳其",
    "USA": "US|U.S.|U.S.A.|U.S.A|United States|United States of America|The United States|The United States of America|The USA|EEUU"
    "|Estados Unidos|États-Unis|Vereinigte Staaten|美国|美利坚合众国",
    "Uganda": "乌干达",
    "Ukraine": "乌克兰",
    "United Arab Emirates": "UAE|U.A.E.|阿联酋|阿拉伯联合酋长国",
    "United Kingdom": "UK|U.K.|GB|Great Britain|Britain|United Kingdom (UK)|United Kingdom of Great Britain and Northern Ireland|The United Kingdom"
    "|Royaume-Uni|Großbritannien|Reino Unido|英国",
    "Uruguay": "乌拉圭",
    "Uzbekistan": "乌兹别克斯坦",
    "Venezuela": "Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)|Venezuela, Bolivarian Republic of|委内瑞拉",
    "Viet Nam": "Vietnam|Viêt Nam|Socialist Republic of Vietnam|越南",
    "Virgin Islands": "US Virgin Islands|U.S. Virgin Islands|Virgin Islands (US)|USVI",
    "Zambia": "赞比亚",
    "Zimbabwe": "津巴布韦",
    "Atlantic Ocean": "Atlantic|大西洋",
    "Pacific Ocean": "Pacific|太平洋",
    "Indian Ocean": "印度洋",
    "Arctic Ocean": "Arctic|The Arctic Ocean|北冰洋",
    "Southern Ocean": "Antarctic Ocean|南大洋|南冰洋",
    "Mediterranean Sea": "Mediterranean|地中海",
    "Baltic Sea": "波罗的海",
    "North Sea": "北海",
}  # fmt: skip
"""Other spellings, by name, separated by bars."""

CODES_3: Final[dict[str, str]] = {
    code: name
    for code, _, name in (
        pair.partition(" ")
        for pair in """AFG Afghanistan|ALB Albania|DZA Algeria|AND Andorra|AGO Angola|ARG Argentina|ARM Armenia|AUS Australia|AUT Austria
        |AZE Azerbaijan|BHS Bahamas|BHR Bahrain|BGD Bangladesh|BRB Barbados|BLR Belarus|BEL Belgium|BLZ Belize|BEN Benin|BTN Bhutan
        |BOL Bolivia|BIH Bosnia and Herzegovina|BWA Botswana|BRA Brazil|BRN Brunei|BGR Bulgaria|BFA Burkina Faso|BDI Burundi|KHM Cambodia
        |CMR Cameroon|CAN Canada|CPV Cape Verde|CAF Central African Republic|TCD Chad|CHL Chile|CHN China|COL Colombia|COM Comoros
        |CRI Costa Rica|CIV Cote d'Ivoire|HRV Croatia|CUB Cuba|CYP Cyprus|CZE Czechia|COD Democratic Republic of the Congo|DNK Denmark
        |DJI Djibouti|DOM Dominican Republic|ECU Ecuador|EGY Egypt|SLV El Salvador|GNQ Equatorial Guinea|ERI Eritrea|EST Estonia
        |SWZ Eswatini|ETH Ethiopia|FJI Fiji|FIN Finland|FRA France|GAB Gabon|GMB Gambia|GEO Georgia|DEU Germany|GHA Ghana|GRC Greece
        |GRL Greenland|GTM Guatemala|GIN Guinea|GNB Guinea-Bissau|GUY Guyana|HTI Haiti|HND Honduras|HKG Hong Kong|HUN Hungary|ISL Iceland
        |IND India|IDN Indonesia|IRN Iran|IRQ Iraq|IRL Ireland|ISR Israel|ITA Italy|JAM Jamaica|JPN Japan|JOR Jordan|KAZ Kazakhstan
        |KEN Kenya|PRK North Korea|KOR South Korea|KWT Kuwait|KGZ Kyrgyzstan|LAO Laos|LVA Latvia|LBN Lebanon|LSO Lesotho|LBR Liberia
        |LBY Libya|LIE Liechtenstein|LTU Lithuania|LUX Luxembourg|MAC Macau|MDG Madagascar|MWI Malawi|MYS Malaysia|MDV Maldives|MLI Mali
        |MLT Malta|MRT Mauritania|MUS Mauritius|MEX Mexico|MDA Moldova|MCO Monaco|MNG Mongolia|MNE Montenegro|MAR Morocco|MOZ Mozambique
        |MMR Myanmar|NAM Namibia|NPL Nepal|NLD Netherlands|NCL New Caledonia|NZL New Zealand|NIC Nicaragua|NER Niger|NGA Nigeria
        |MKD North Macedonia|NOR Norway|OMN Oman|PAK Pakistan|PLW Palau|PAN Panama|PNG Papua New Guinea|PRY Paraguay|PER Peru
        |PHL Philippines|POL Poland|PRT Portugal|PRI Puerto Rico|QAT Qatar|COG Republic of the Congo|REU Reunion|ROU Romania|RUS Russia
        |RWA Rwanda|WSM Samoa|SAU Saudi Arabia|SEN Senegal|SRB Serbia|SYC Seychelles|SLE Sierra Leone|SGP Singapore|SVK Slovakia
        |SVN Slovenia|SLB Solomon Islands|SOM Somalia|ZAF South Africa|SSD South Sudan|ESP Spain|LKA Sri Lanka|PSE State of Palestine
        |SDN Sudan|SUR Suriname|SWE Sweden|CHE Switzerland|SYR Syria|TWN Taiwan|TJK Tajikistan|TZA Tanzania|THA Thailand|TLS Timor-Leste
        |TGO Togo|TON Tonga|TTO Trinidad and Tobago|TUN Tunisia|TUR Turkey|TKM Turkmenistan|UGA Uganda|UKR Ukraine
        |ARE United Arab Emirates|GBR United Kingdom|URY Uruguay|UZB Uzbekistan|VUT Vanuatu|VEN Venezuela|VNM Viet Nam|YEM Yemen|ZMB Zambia
        |ZWE Zimbabwe|GER Germany""".replace("\n        |", "|").split("|")
    )
}  # fmt: skip
"""Three-letter codes (and GER, as sheets write it); understood in capitals only."""

CONSTITUENTS: Final[dict[str, str]] = {
    **dict.fromkeys(("England", "Scotland", "Wales", "Northern Ireland", "N. Ireland", "英格兰", "苏格兰", "威尔士", "北爱尔兰"), "United Kingdom"),
    **dict.fromkeys(("Hawaii", "Alaska"), "USA"),
    **dict.fromkeys(("Tasmania",), "Australia"),
    **dict.fromkeys(("Crete",), "Greece"),
    **dict.fromkeys(("Sicily", "Sardinia"), "Italy"),
    **dict.fromkeys(("Corsica",), "France"),
    **dict.fromkeys(("Trinidad", "Tobago"), "Trinidad and Tobago"),
    **dict.fromkeys(("Åland", "Aland Islands", "Åland Islands"), "Finland"),
}
"""Parts of a country that are written where a country belongs, and that belong to one country only: the part becomes
the region."""

AMBIGUOUS: Final[dict[str, tuple[str, ...]]] = {
    "Korea": ("South Korea", "North Korea"),
    "Congo": ("Democratic Republic of the Congo", "Republic of the Congo"),
    "Guiana": ("French Guiana", "Guyana"),
    "Dutch Guiana": ("Suriname",),
    "America": ("USA",),
    "CA": ("Canada", "USA: California"),
    **{code: (name,) for code, name in (pair.split(" ", 1) for pair in """FR France|IT Italy|ES Spain|NL Netherlands|JP Japan|KR South Korea
        |BR Brazil|AU Australia|CH Switzerland|SE Sweden|NO Norway|DK Denmark|FI Finland|BE Belgium|AT Austria|PL Poland|PT Portugal|RU Russia
        |ZA South Africa|BW Botswana|ZM Zambia|UG Uganda|KE Kenya|MX Mexico|TH Thailand|VN Viet Nam|TW Taiwan|HK Hong Kong|SG Singapore|CN China
        |IE Ireland|CZ Czechia|GR Greece|HU Hungary|TR Turkey|EG Egypt|NG Nigeria|CL Chile|PE Peru|MY Malaysia|PH Philippines""".replace(
        "\n        |", "|").split("|"))},
    "Kurdistan": ("Iraq: Kurdistan", "Iran: Kurdistan"),
}
"""Names that stand for several places, and codes of two letters (which are states as well): proposed, never taken."""

SUCCEEDED: Final[dict[str, tuple[str, ...]]] = {
    "USSR": ("Russia",),
    "Soviet Union": ("Russia",),
    "Yugoslavia": ("Serbia", "Croatia"),
    "Serbia and Montenegro": ("Serbia", "Montenegro"),
    "Czechoslovakia": ("Czechia", "Slovakia"),
    "Netherlands Antilles": ("Curacao", "Sint Maarten"),
    "Siam": ("Thailand",),
    "Belgian Congo": ("Democratic Republic of the Congo",),
    "British Guiana": ("Guyana",),
}
"""Countries that no longer exist, and where their land lies now."""

OCEANS: Final = ("Atlantic Ocean", "Pacific Ocean", "Indian Ocean", "Arctic Ocean", "Southern Ocean", "Mediterranean Sea", "Baltic Sea", "North Sea")

SEAS: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("Caribbean Sea", "Gulf of Mexico", "Sargasso Sea", "English Channel", "Irish Sea", "Bay of Biscay", "Celtic Sea", "Gulf of Maine",
         "Labrador Sea", "Norwegian Sea", "Greenland Sea", "Argentine Sea", "Chesapeake Bay", "Long Island Sound", "Kattegat", "Gulf of Guinea"),
        "Atlantic Ocean",
    ),
    **dict.fromkeys(
        ("South China Sea", "East China Sea", "Yellow Sea", "Bohai Sea", "Sea of Japan", "Japan Sea", "Coral Sea", "Bering Sea", "Gulf of California",
         "Philippine Sea", "Sea of Okhotsk", "Guaymas Basin", "南海", "东海", "黄海", "渤海"),
        "Pacific Ocean",
    ),
    **dict.fromkeys(("Red Sea", "Arabian Sea", "Andaman Sea", "Bay of Bengal", "Persian Gulf", "Gulf of Aqaba"), "Indian Ocean"),
    **dict.fromkeys(("Beaufort Sea", "Barents Sea", "Kara Sea", "Laptev Sea", "Chukchi Sea", "Canada Basin", "Baffin Bay", "Fram Strait"), "Arctic Ocean"),
    **dict.fromkeys(("Weddell Sea", "Lazarev Sea", "Bransfield Strait", "Amundsen Sea", "Bellingshausen Sea"), "Southern Ocean"),
    **dict.fromkeys(
        ("Adriatic Sea", "Aegean Sea", "Ionian Sea", "Ligurian Sea", "Tyrrhenian Sea", "Black Sea", "Sea of Azov", "Azov Sea"), "Mediterranean Sea"
    ),
}  # fmt: skip
"""Seas that are not on the list, and the ocean that is: proposed, never taken."""

CHINESE_REGIONS: Final = tuple(
    tuple(pair.split(" ", 1))
    for pair in """北京 Beijing|天津 Tianjin|河北 Hebei|山西 Shanxi|内蒙古 Inner Mongolia|辽宁 Liaoning|吉林 Jilin|黑龙江 Heilongjiang|上海 Shanghai
    |江苏 Jiangsu|浙江 Zhejiang|安徽 Anhui|福建 Fujian|江西 Jiangxi|山东 Shandong|河南 Henan|湖北 Hubei|湖南 Hunan|广东 Guangdong|广西 Guangxi
    |海南 Hainan|重庆 Chongqing|四川 Sichuan|贵州 Guizhou|云南 Yunnan|西藏 Tibet|陕西 Shaanxi|甘肃 Gansu|青海 Qinghai|宁夏 Ningxia|新疆 Xinjiang
    |武汉 Wuhan|广州 Guangzhou|深圳 Shenzhen|南京 Nanjing|杭州 Hangzhou|成都 Chengdu|西安 Xi'an|长沙 Changsha|昆明 Kunming|青岛 Qingdao
    |大连 Dalian|哈尔滨 Harbin|郑州 Zhengzhou|济南 Jinan|厦门 Xiamen|苏州 Suzhou|合肥 Hefei|福州 Fuzhou|沈阳 Shenyang|兰州 Lanzhou
    |南昌 Nanchang|贵阳 Guiyang|南宁 Nanning|乌鲁木齐 Urumqi|拉萨 Lhasa|西宁 Xining|银川 Yinchuan|海口 Haikou|石家庄 Shijiazhuang
    |太原 Taiyuan|长春 Changchun|呼和浩特 Hohhot""".replace("\n    |", "|").split("|")
)  # fmt: skip
"""Provinces and provincial capitals of China in Chinese and pinyin: proposed with their country, never taken without
it."""

STATES: Final[dict[str, str]] = {
    **dict.fromkeys(
        """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT
        VT VA WA WV WI WY""".split(),
        "USA",
    ),
    **dict.fromkeys(
        """Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky
        |Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey
        |New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee
        |Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming""".replace("\n        |", "|").split("|"),
        "USA",
    ),
    **dict.fromkeys(("AB", "BC", "ON", "QC", "Alberta", "British Columbia", "Ontario", "Quebec", "Manitoba", "Saskatchewan", "Nova Scotia"), "Canada"),
}  # fmt: skip
"""States and provinces of the USA and Canada: proposed with their country, never taken without it."""
