-- Reads several Markdown texts in one run of pandoc, each for itself: no footnote label and no link
-- definition of one is seen by another. The input is pandoc's name for the dialect and then the
-- texts, each followed by U+001E and a line end. Out comes a division for each text; a text that
-- cannot be read gives a code block with the reason.

-- after these pandoc puts a space that does not break; the library knows fewer than the program
local ABBREVIATIONS = [[
aet. aetat. al. Apr. Aug. bk. Bros. c. Capt. cf. ch. chap. chs. Co. col. Corp. cp. d. Dec. Dr. e.g.
ed. eds. esp. f. fasc. Feb. ff. fig. fl. fol. fols. Fr. Gen. Gov. Hon. i.e. ill. Inc. incl. Jan. Jr.
Jul. Jun. Ltd. M.A. M.D. Mar. Mr. Mrs. Ms. n. n.b. nn. No. Nov. Oct. p. Ph.D. pp. Pres. Prof. pt.
q.v. Rep. Rev. s.v. s.vv. saec. sec. Sen. Sep. Sept. Sgt. Sr. St. univ. viz. vol. vs.
]]

function Reader(input)
  local options = { abbreviations = {} }
  for word in ABBREVIATIONS:gmatch("%S+") do
    options.abbreviations[word] = true
  end
  local dialect
  local read = pandoc.List()
  for text in tostring(input):gmatch("([^\30]*)\30\n") do
    if not dialect then
      dialect = text
    else
      local good, found = pcall(pandoc.read, text, dialect, pandoc.ReaderOptions(options), {})
      read:insert(good and pandoc.Div(found.blocks) or pandoc.CodeBlock(tostring(found)))
    end
  end
  return pandoc.Pandoc(read)
end
